/**
 * Layers and vertices → nodes of an ONNX graph, by the protocol buffers inside nd4j-api. One class translates one kind of layer; {@link
 * io.github.sparkcnn.onnx.layer.LayerTranslator} finds it. Depends on Deeplearning4j and ND4J.
 */
package io.github.sparkcnn.onnx.layer;
