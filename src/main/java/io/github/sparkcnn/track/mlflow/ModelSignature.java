package io.github.sparkcnn.track.mlflow;

import io.github.sparkcnn.image.ImageShape;
import java.util.List;

/**
 * What an ONNX model takes and gives, in floats.
 *
 * @param input its tensor {@code [N, channels, height, width]}
 * @param outputs its tensors {@code [N, classes]}
 */
public record ModelSignature(String input, ImageShape shape, List<String> outputs, int classes) {

    public ModelSignature {
        outputs = List.copyOf(outputs);
    }
}
