package io.github.sparkcnn.onnx;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PixelScale;
import java.util.List;

/**
 * What the exported file says about itself besides its graph.
 *
 * @param network name of the architecture
 * @param labels the classes' names in the order of the outputs
 * @param input shape of one image
 * @param scale from bytes to the network's input
 * @param version of sparkcnn
 */
public record OnnxDescription(String network, List<String> labels, ImageShape input, PixelScale scale, String version) {

    public OnnxDescription {
        labels = List.copyOf(labels);
    }
}
