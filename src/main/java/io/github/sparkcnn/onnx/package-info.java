/**
 * Network → ONNX graph, by the protocol buffers inside nd4j-api, and its check against ONNX Runtime. One class translates one kind of
 * layer; {@link io.github.sparkcnn.onnx.LayerTranslator} finds it. Depends on {@code image}, {@code network}, Deeplearning4j, ND4J and
 * ONNX Runtime.
 */
package io.github.sparkcnn.onnx;
