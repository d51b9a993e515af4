package io.github.sparkcnn.network;

import io.github.sparkcnn.image.ImageShape;
import java.util.Locale;
import java.util.Optional;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseLayer;

/** What of a network would be longer than any array: asked for that, ND4J's natives may end, and the JVM with them. */
final class LongestArray {

    /** A JVM's arrays are a few elements short of the whole range. */
    private static final long MOST_VALUES = Integer.MAX_VALUE - 8;

    /** Which are kept, and sent to workers, as bytes. */
    private static final long MOST_PARAMETERS = MOST_VALUES / Float.BYTES;

    /** With what the optimizer keeps of them, behind four other numbers. */
    private static final long MOST_NUMBERS = MOST_PARAMETERS - 4;

    private LongestArray() {}

    /**
     * In words, for images of this shape; empty where all fits.
     *
     * @param network that has no arrays yet
     */
    static Optional<String> excess(Network network, ImageShape images) {
        long parameters = parameters(network);
        if (parameters > MOST_PARAMETERS) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "it would have %,d parameters for images of %s, and the bytes of %,d fit into an array",
                    parameters,
                    images,
                    MOST_PARAMETERS));
        }
        long updater = network.updaterValues();
        if (parameters + updater > MOST_NUMBERS) {
            return Optional.of(String.format(
                    Locale.ROOT,
                    "its %,d parameters for images of %s and the %,d numbers that the optimizer keeps of them go together, and the"
                            + " bytes of %,d fit into an array",
                    parameters,
                    images,
                    updater,
                    MOST_NUMBERS));
        }
        long largest = largest(network, images);
        return largest > MOST_VALUES
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "a layer would make %,d values of an image of %s, and %,d fit into an array",
                        largest,
                        images,
                        MOST_VALUES))
                : Optional.empty();
    }

    private static long parameters(Network network) {
        return network.parameterCounts().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** Values of the longest that a layer makes of an image. */
    static long largest(Network network, ImageShape images) {
        InputType input = InputType.convolutional(images.height(), images.width(), images.channels());
        return network.activationTypes(input).values().stream()
                .mapToLong(LongestArray::values)
                .max()
                .orElse(0);
    }

    /** Of a series of an unknown length, as recurrent layers make, those of one step. */
    static long values(InputType type) {
        return type instanceof InputType.InputTypeRecurrent series && series.getTimeSeriesLength() <= 0
                ? series.getSize()
                : type.arrayElementsPerExample();
    }

    /** What the optimizer keeps of a layer's parameters. */
    static long updaterValues(NeuralNetConfiguration layer) {
        return layer.getLayer() instanceof BaseLayer own && own.getIUpdater() != null
                ? own.getIUpdater().stateSize(new LayerVertex(layer, null).numParams(true))
                : 0;
    }

    /** That there is no memory for what would fit into an array, in words. */
    static String withoutMemory(Network network) {
        return String.format(Locale.ROOT, "there is no memory for its %,d parameters", parameters(network));
    }
}
