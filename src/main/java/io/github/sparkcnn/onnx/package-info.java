/**
 * Network → ONNX model, and its check against ONNX Runtime. Depends on {@code image}, {@code network}, {@code onnx.layer},
 * Deeplearning4j and ONNX Runtime.
 */
package io.github.sparkcnn.onnx;
