/**
 * Network → ONNX graph, and its check against ONNX Runtime. One class translates one kind of layer; {@link
 * io.github.sparkcnn.onnx.Translations} finds it. Depends on {@code data}'s value types, Deeplearning4j and the protocol
 * buffers inside nd4j-api; knows nothing of Spark.
 */
package io.github.sparkcnn.onnx;
