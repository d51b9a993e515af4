/**
 * Network → ONNX graph, and its check against ONNX Runtime. One class translates one kind of layer; {@link
 * io.github.sparkcnn.onnx.LayerTranslator} finds it. Depends on {@code network}, {@code image}, Deeplearning4j's layer configurations
 * and the protocol buffers inside nd4j-api; knows nothing of Spark.
 */
package io.github.sparkcnn.onnx;
