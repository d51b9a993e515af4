package io.github.sparkcnn.network;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.keys.Nearest;
import io.github.sparkcnn.network.optimizer.Optimizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Makes of a trained network the start of another training: a new head where the classes differ, frozen layers, a learning rate
 * of its own for the body. The optimizer starts anew.
 */
public final class FineTuning {

    private final LayerConfigurations configurations;
    /** The trained layers that have parameters, in their order; the last is the head. */
    private final Map<String, Layer> trained = new LinkedHashMap<>();

    private FineTuning(Network pretrained) {
        configurations = pretrained.configurations();
        configurations.layers().keySet().forEach(name -> {
            Layer layer = layer(pretrained, name);
            if (layer.numParams() > 0) {
                trained.put(name, layer);
            }
        });
    }

    /**
     * A network that begins with the parameters of another.
     *
     * @param pretrained is left as it is
     * @param classes of the new data; the head is initialised from the seed where the network has another number
     * @param bodyRate learning rate of all layers but the head
     * @throws UserException for frozen layers that the network does not have, or that have trained ones before them
     */
    public static Network adapt(
            Network pretrained, int classes, FrozenLayers frozen, Optimizer optimizer, double bodyRate, long seed) {
        FineTuning tuning = new FineTuning(pretrained);
        tuning.setOptimizer(optimizer, bodyRate);
        return tuning.adapted(
                classes, frozen, head -> TorchInitialization.apply(head, tuning.trained.size() - 1, seed));
    }

    /** The same with the network's own optimizers, and its own initialisation of a new head. */
    public static Network adapt(Network pretrained, int classes, FrozenLayers frozen) {
        return new FineTuning(pretrained).adapted(classes, frozen, head -> {});
    }

    private Network adapted(int classes, FrozenLayers frozen, Consumer<Layer> initialisation) {
        Optional<String> lastFrozen = lastFrozen(frozen);
        boolean newHead = setClasses(classes);
        lastFrozen.ifPresent(configurations::freezeUpTo);
        Network network = configurations.definition().build();
        copyParameters(network, newHead, initialisation);
        return network;
    }

    /**
     * Checks what is frozen, before there are data.
     *
     * @throws UserException for layers that the network does not have, or that have trained ones before them
     */
    public static void requireFreezable(Network pretrained, FrozenLayers frozen) {
        new FineTuning(pretrained).lastFrozen(frozen);
    }

    private void setOptimizer(Optimizer optimizer, double bodyRate) {
        LayerOptimizer head = new LayerOptimizer(optimizer.updater(), optimizer.weightDecay());
        LayerOptimizer body = new LayerOptimizer(optimizer.updater(bodyRate), optimizer.weightDecay());
        configurations
                .layers()
                .forEach(
                        (name, configuration) -> (name.equals(head()) ? head : body).replace(configuration.getLayer()));
    }

    /** Whether the head had to be changed. */
    private boolean setClasses(int classes) {
        NeuralNetConfiguration configuration = configurations.layers().get(head());
        if (!(configuration.getLayer() instanceof FeedForwardLayer layer)) {
            throw new UserException(
                    "fine-tune layer " + head(),
                    "it is the head, and as a "
                            + configuration.getLayer().getClass().getSimpleName() + " it has no number of outputs",
                    "Take a network that ends in an OutputLayer");
        }
        boolean other = layer.getNOut() != classes;
        layer.setNOut(classes);
        return other;
    }

    private Optional<String> lastFrozen(FrozenLayers frozen) {
        List<String> names = List.copyOf(trained.keySet());
        if (frozen.first() >= names.size()) {
            throw new UserException(
                    "freeze " + frozen.first() + " layers",
                    "the network has " + names.size() + " with parameters, and its head has to learn",
                    "Set network.frozen-layers to at most " + (names.size() - 1));
        }
        frozen.names().forEach(this::requireFreezable);
        List<String> chosen = frozen.first() > 0 ? names.subList(0, frozen.first()) : frozen.names();
        int last = chosen.stream().mapToInt(names::indexOf).max().orElse(-1);
        for (String before : names.subList(0, last + 1)) {
            if (!chosen.contains(before)) {
                throw new UserException(
                        "freeze layer " + names.get(last),
                        "layer " + before + " before it would go on learning",
                        "Add " + before + " to network.frozen-layers");
            }
        }
        return last < 0 ? Optional.empty() : Optional.of(names.get(last));
    }

    private void requireFreezable(String name) {
        String choices = "Layers with parameters are " + String.join(", ", trained.keySet());
        if (!trained.containsKey(name)) {
            throw new UserException(
                    "freeze layer " + name,
                    "the network has none of that name with parameters",
                    Nearest.of(name, trained.keySet())
                            .map(near -> "Did you mean " + near + "? " + choices)
                            .orElse(choices));
        }
        if (name.equals(head())) {
            throw new UserException(
                    "freeze layer " + name,
                    "it is the head, which has to learn",
                    "Remove it from network.frozen-layers");
        }
    }

    private void copyParameters(Network network, boolean newHead, Consumer<Layer> initialisation) {
        for (Map.Entry<String, Layer> source : trained.entrySet()) {
            Layer target = layer(network, source.getKey());
            if (newHead && source.getKey().equals(head())) {
                initialisation.accept(target);
            } else {
                Map<String, INDArray> to = target.paramTable();
                source.getValue()
                        .paramTable()
                        .forEach((name, values) -> to.get(name).assign(values));
            }
        }
    }

    private String head() {
        return List.copyOf(trained.keySet()).get(trained.size() - 1);
    }

    private static Layer layer(Network network, String name) {
        return network.nodes().stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow()
                .layer();
    }
}
