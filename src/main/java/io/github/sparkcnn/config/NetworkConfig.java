package io.github.sparkcnn.config;

import com.typesafe.config.ConfigValueType;
import io.github.sparkcnn.keys.Keys;
import io.github.sparkcnn.keys.Range;
import io.github.sparkcnn.network.optimizer.Optimizer;
import java.util.List;
import java.util.Optional;

/**
 * The keys {@code network.*}: which architecture is trained, and whether it starts from a saved model.
 *
 * @param pretrained a run's folder or the model folder in it
 * @param frozen layers of the saved model that keep their parameters
 * @param bodyLearningRate of all layers but the head; that of the optimizer where there is none
 */
public record NetworkConfig(
        String name, Optional<String> pretrained, Frozen frozen, Optional<Double> bodyLearningRate) {

    private static final Range RATE = Optimizer.LEARNING_RATE.followedBy("; network.frozen-layers freezes");
    private static final Range FIRST = Range.atLeast(0).saying("a number of layers, or their names");

    public NetworkConfig {
        bodyLearningRate.ifPresent(rate -> RATE.require("bodyLearningRate", rate));
        if (pretrained.isEmpty() && (!frozen.equals(Frozen.NONE) || bodyLearningRate.isPresent())) {
            throw new IllegalArgumentException("frozen layers or a body's learning rate without a saved model");
        }
    }

    /**
     * Frozen layers, told by number or by name.
     *
     * @param first how many, counted from the input; layers without parameters do not count
     */
    public record Frozen(int first, List<String> names) {

        /** Every layer is trained. */
        public static final Frozen NONE = new Frozen(0, List.of());

        public Frozen {
            FIRST.require("first", first);
            names = List.copyOf(names);
            if (first > 0 && !names.isEmpty()) {
                throw new IllegalArgumentException("frozen layers told by number and by name");
            }
        }

        /** Freezes the first layers that have parameters. */
        public static Frozen first(int layers) {
            return new Frozen(layers, List.of());
        }

        /** Freezes the layers of these names. */
        public static Frozen named(List<String> names) {
            return new Frozen(0, names);
        }
    }

    /** A network of this name that starts from random weights. */
    public static NetworkConfig fresh(String name) {
        return new NetworkConfig(name, Optional.empty(), Frozen.NONE, Optional.empty());
    }

    static NetworkConfig of(Keys keys) {
        Optional<String> pretrained = keys.optionalString("pretrained");
        Frozen frozen = frozen(keys);
        Optional<Double> rate = keys.optionalNumber("body-learning-rate", RATE);
        if (pretrained.isEmpty()) {
            String wanted = "nothing, or network.pretrained to the model it is for";
            keys.require(frozen.equals(Frozen.NONE), "frozen-layers", "set", wanted);
            keys.require(rate.isEmpty(), "body-learning-rate", "set", wanted);
        }
        return new NetworkConfig(keys.string("name"), pretrained, frozen, rate);
    }

    private static Frozen frozen(Keys keys) {
        if (!keys.is(ConfigValueType.NUMBER, "frozen-layers")) {
            return Frozen.named(keys.strings("frozen-layers"));
        }
        return Frozen.first(keys.whole("frozen-layers", FIRST));
    }
}
