package io.github.sparkcnn.model;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.sparkcnn.image.Classes;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.image.Resizing;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What one must know to use a saved network: the content of {@code model.json}.
 *
 * @param network name of the architecture
 * @param labels the classes' names in the order of the outputs
 * @param labelValues how data write the classes, in the same order; null in models from before there were any
 * @param input shape of one image
 * @param resize whether images of another height and width are brought to the input's
 * @param resizeMode how, {@code stretch} where it is null
 * @param normalization how bytes become the network's input
 * @param sha256 of {@code model.zip}, lower-case hex
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true) // a later version may know more of a model
public record ModelCard(
        String network,
        List<String> labels,
        @JsonProperty("label_values") List<String> labelValues,
        ImageShape input,
        boolean resize,
        @JsonProperty("resize_mode") String resizeMode,
        PixelScale normalization,
        String sha256) {

    public ModelCard {
        if (labels == null || input == null || normalization == null || sha256 == null) {
            throw new IllegalArgumentException("it lacks labels, input, normalization or sha256");
        }
        if (Math.min(input.channels(), Math.min(input.height(), input.width())) < 1) {
            throw new IllegalArgumentException("its input is " + input);
        }
        classes(labels, labelValues);
        mode(resizeMode);
    }

    /** The card of a network that is about to be saved. */
    public static ModelCard unsaved(String network, Classes classes, ImageShape input, PixelScale normalization) {
        return new ModelCard(network, classes.names(), classes.values(), input, false, null, normalization, "");
    }

    /** The card of a network whose classes are written as their positions, from 0. */
    public static ModelCard unsaved(String network, List<String> labels, ImageShape input, PixelScale normalization) {
        return unsaved(
                network, new Classes(labels, Classes.numbered(labels.size()).values()), input, normalization);
    }

    /** The same for images of any height and width. */
    public ModelCard resizing(Resizing.Mode mode) {
        String word = mode.name().toLowerCase(Locale.ROOT);
        return new ModelCard(network, labels, labelValues, input, true, word, normalization, sha256);
    }

    /** The classes of the network's outputs. */
    public Classes classes() {
        return classes(labels, labelValues);
    }

    private static Classes classes(List<String> names, List<String> values) {
        return new Classes(
                names, values == null ? Classes.numbered(names.size()).values() : values);
    }

    /** How images of another size are brought to the input's, if they are. */
    public Optional<Resizing> resized() {
        return resize ? Optional.of(new Resizing(input.height(), input.width(), mode(resizeMode))) : Optional.empty();
    }

    private static Resizing.Mode mode(String word) {
        return word == null ? Resizing.Mode.STRETCH : Resizing.Mode.valueOf(word.toUpperCase(Locale.ROOT));
    }

    ModelCard withSha256(String hash) {
        return new ModelCard(network, labels, labelValues, input, resize, resizeMode, normalization, hash);
    }
}
