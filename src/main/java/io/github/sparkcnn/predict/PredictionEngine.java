package io.github.sparkcnn.predict;

/** What computes predictions. */
public enum PredictionEngine {
    /** The saved network on the kernels of {@code device.engine}: oneDNN where the network allows, else Deeplearning4j's layers. */
    AUTO,
    /** The saved network on oneDNN called directly, or an error that says why not. */
    ONEDNN,
    /** The saved network on libtorch, or an error that says why not. */
    TORCH,
    /** An older word for {@link #AUTO}. */
    DL4J,
    /** The network as an ONNX model in ONNX Runtime. */
    ONNX
}
