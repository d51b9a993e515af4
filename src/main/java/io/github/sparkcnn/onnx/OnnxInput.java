package io.github.sparkcnn.onnx;

/** What an exported model takes: floats {@code [N, channels, height, width]}, N free. */
public enum OnnxInput {
    /** Bytes as they are in the image, 0..255; the graph normalises them. */
    PIXELS("pixels", "Pixels 0..255 as float; normalised inside the graph"),
    /** Values already normalised as in training. */
    IMAGE("image", "Pixels normalised as the metadata's normalization says");

    private final String tensor;
    private final String documentation;

    OnnxInput(String tensor, String documentation) {
        this.tensor = tensor;
        this.documentation = documentation;
    }

    /** The input's name in the graph. */
    public String tensor() {
        return tensor;
    }

    String documentation() {
        return documentation;
    }
}
