package io.github.sparkcnn.predict;

/** What computes predictions. */
public enum Engine {
    /** The saved network, on the fastest kernels there are. */
    DL4J,
    /** The network as an ONNX model in ONNX Runtime. */
    ONNX
}
