package io.github.sparkcnn.network;

import io.github.sparkcnn.image.ImageShape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional;

/**
 * What a network consists of. A weight of a convolution is multiplied once for each pixel of its output, and that of a transposed one for
 * each pixel of its input; a weight of a dense layer once.
 */
public final class NetworkSummary {

    private static final Set<String> WEIGHTS = Set.of("W", "pW");
    /** Running statistics of a normalization, which Deeplearning4j has among the parameters. */
    private static final Set<String> STATISTICS = Set.of("mean", "var", "log10stdev");

    private final Map<String, InputType> types;
    private final InputType images;

    private NetworkSummary(Map<String, InputType> types, InputType images) {
        this.types = types;
        this.images = images;
    }

    /** Layers and vertices, each behind those it reads. */
    public static List<LayerSummary> of(Network network, ImageShape shape) {
        InputType images = InputType.convolutional(shape.height(), shape.width(), shape.channels());
        NetworkSummary summary = new NetworkSummary(network.activationTypes(images), images);
        return network.nodes().stream().map(summary::line).toList();
    }

    private LayerSummary line(NetworkNode node) {
        long parameters = sum(node, name -> !STATISTICS.contains(name));
        return new LayerSummary(
                node.name(),
                node.isLayer() ? node.kind() : node.thawed().getClass().getSimpleName(),
                text(type(node.key())),
                parameters,
                multiplyAdds(node));
    }

    private Optional<Long> multiplyAdds(NetworkNode node) {
        long weights = sum(node, WEIGHTS::contains);
        return weights == 0 ? Optional.of(0L) : uses(node).map(uses -> weights * uses);
    }

    private static long sum(NetworkNode node, Predicate<String> wanted) {
        return node.parameters().entrySet().stream()
                .filter(parameter -> wanted.test(parameter.getKey()))
                .mapToLong(parameter -> parameter.getValue().length())
                .sum();
    }

    /** How often each weight is multiplied; empty of layers whose weights are no weights of sums, or that are not known here. */
    private Optional<Long> uses(NetworkNode node) {
        return switch (node.kind()) {
            case "ConvolutionLayer", "Convolution2D", "DepthwiseConvolution2D", "SeparableConvolution2D" ->
                area(type(node.key()));
            case "Deconvolution2D" -> area(type(node.inputs().get(0)));
            case "DenseLayer", "OutputLayer" -> Optional.of(1L);
            default -> Optional.empty();
        };
    }

    private InputType type(String key) {
        return types.getOrDefault(key, images);
    }

    private static Optional<Long> area(InputType type) {
        return type instanceof InputTypeConvolutional maps
                ? Optional.of(maps.getHeight() * maps.getWidth())
                : Optional.empty();
    }

    private static String text(InputType type) {
        return type instanceof InputTypeConvolutional maps
                ? maps.getChannels() + "×" + maps.getHeight() + "×" + maps.getWidth()
                : Long.toString(LongestArray.values(type));
    }
}
