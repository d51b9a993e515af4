package io.github.sparkcnn.kernel.step.reader;

import io.github.sparkcnn.kernel.step.Head;
import io.github.sparkcnn.kernel.step.Slice;
import io.github.sparkcnn.kernel.step.Step;
import io.github.sparkcnn.kernel.step.UnsupportedNetwork;
import io.github.sparkcnn.network.NetworkNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.deeplearning4j.nn.layers.FrozenLayerWithBackprop;

/** A layer where it stands in the network: what goes in, where its parameters lie, and the steps it adds to. */
final class LayerSite {
    private final NetworkNode node;
    private final int input;
    private final Steps steps;
    private final org.deeplearning4j.nn.api.Layer inner;
    private final Map<String, Slice> slices = new HashMap<>();
    private Head head;

    /** @param offsets of its parameters in the flat arrays */
    LayerSite(NetworkNode node, int input, Steps steps, Map<String, Long> offsets) {
        this.node = node;
        this.input = input;
        this.steps = steps;
        inner = inner(node.layer());
        node.layer()
                .paramTable(false)
                .forEach(
                        (name, values) -> slices.put(name, new Slice(offsets.get(name), values.length(), !isFrozen())));
    }

    private static org.deeplearning4j.nn.api.Layer inner(org.deeplearning4j.nn.api.Layer layer) {
        if (layer instanceof FrozenLayer frozen) {
            return frozen.getInsideLayer();
        }
        return layer instanceof FrozenLayerWithBackprop frozen ? frozen.getInsideLayer() : layer;
    }

    NetworkNode node() {
        return node;
    }

    /** The value that goes in. */
    int input() {
        return input;
    }

    /** The layer's configuration; that of the layer inside where it is frozen. */
    org.deeplearning4j.nn.conf.layers.Layer configuration() {
        return inner.conf().getLayer();
    }

    /** Whether its parameters stay as they are, and it computes as in a prediction. */
    boolean isFrozen() {
        return inner != node.layer();
    }

    /** Whether what goes in comes of parameters that are trained, but the layer gives no gradient back. */
    boolean cutsTraining() {
        return node.layer() instanceof FrozenLayer && steps.isTrained(input);
    }

    Slice slice(String parameter) {
        return slices.get(parameter);
    }

    /** Empty where the layer has no such parameter. */
    Optional<Slice> optional(String parameter) {
        return Optional.ofNullable(slices.get(parameter));
    }

    int add(IntFunction<Step> step) {
        return steps.add(step);
    }

    /** Ends the network. */
    void end(Head end) {
        head = end;
    }

    /** Where the layer ends the network, how. */
    Optional<Head> head() {
        return Optional.ofNullable(head);
    }

    /** Refuses the layer unless it is so. */
    void require(boolean known, String otherwise) throws UnsupportedNetwork {
        if (!known) {
            throw refusal(otherwise);
        }
    }

    UnsupportedNetwork refusal(String what) {
        return new UnsupportedNetwork("layer " + node.key() + " " + what);
    }
}
