package io.github.sparkcnn.model;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PixelScale;
import java.util.List;

/**
 * What one must know to use a saved network: the content of {@code model.json}.
 *
 * @param network name of the architecture
 * @param labels the classes' names in the order of the outputs
 * @param input shape of one image
 * @param resize whether images of another height and width are scaled to the input's
 * @param normalization how bytes become the network's input
 * @param sha256 of {@code model.zip}, lower-case hex
 */
public record ModelCard(
        String network,
        List<String> labels,
        ImageShape input,
        boolean resize,
        PixelScale normalization,
        String sha256) {

    /** The card of a network that is about to be saved. */
    public static ModelCard unsaved(String network, List<String> labels, ImageShape input, PixelScale normalization) {
        return new ModelCard(network, labels, input, false, normalization, "");
    }

    /** The same for images of any height and width. */
    public ModelCard resizing() {
        return new ModelCard(network, labels, input, true, normalization, sha256);
    }

    ModelCard withSha256(String hash) {
        return new ModelCard(network, labels, input, resize, normalization, hash);
    }
}
