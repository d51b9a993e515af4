package io.github.sparkcnn.config;

import com.typesafe.config.ConfigValueType;
import io.github.sparkcnn.keys.Keys;
import io.github.sparkcnn.keys.Range;
import io.github.sparkcnn.network.FrozenLayers;
import io.github.sparkcnn.network.architecture.Architecture;
import io.github.sparkcnn.network.architecture.Architectures;
import io.github.sparkcnn.network.optimizer.Optimizer;
import java.util.List;
import java.util.Optional;

/**
 * The keys {@code network.*}: which network is trained, and whether it starts from a saved model.
 *
 * @param architecture that {@code network.name} names, with the keys of its own
 * @param isNameGiven whether the user gave the name
 * @param definition a file with Deeplearning4j's configuration of a network, which then counts instead of the architecture
 * @param pretrained a run's folder, the model folder in it, or a model.zip
 * @param frozen layers of the saved model that keep their parameters
 * @param bodyLearningRate of all layers but the head; that of the optimizer where there is none
 */
public record NetworkConfig(
        Architecture architecture,
        boolean isNameGiven,
        Optional<String> definition,
        Optional<String> pretrained,
        FrozenLayers frozen,
        Optional<Double> bodyLearningRate) {

    private static final Range RATE = Optimizer.LEARNING_RATE.followedBy("; network.frozen-layers freezes");
    private static final Range FIRST = Range.atLeast(0).saying("a number of layers, or their names");

    /** Stands for the name where a definition takes its place. */
    private static final String STANDARD = "fashion-cnn";

    /** Those that are not the architecture's own. */
    private static final List<String> COMMON =
            List.of("name", "definition", "pretrained", "frozen-layers", "body-learning-rate");

    public NetworkConfig {
        bodyLearningRate.ifPresent(rate -> RATE.require("bodyLearningRate", rate));
        if (pretrained.isEmpty() && (!frozen.equals(FrozenLayers.NONE) || bodyLearningRate.isPresent())) {
            throw new IllegalArgumentException("frozen layers or a body's learning rate without a saved model");
        }
        if (definition.isPresent() && pretrained.isPresent()) {
            throw new IllegalArgumentException("a definition and a saved model");
        }
    }

    /** The architecture's name. */
    public String name() {
        return architecture.name();
    }

    static NetworkConfig of(Keys keys) {
        Optional<String> definition = keys.optionalString("definition");
        Optional<String> pretrained = keys.optionalString("pretrained");
        FrozenLayers frozen = frozen(keys);
        Optional<Double> rate = keys.optionalNumber("body-learning-rate", RATE);
        if (pretrained.isEmpty()) {
            String wanted = "nothing, or network.pretrained to the model it is for";
            keys.require(frozen.equals(FrozenLayers.NONE), "frozen-layers", "set", wanted);
            keys.require(rate.isEmpty(), "body-learning-rate", "set", wanted);
        }
        keys.require(
                definition.isEmpty() || pretrained.isEmpty(),
                "pretrained",
                "set beside network.definition",
                "nothing: a saved model has a definition of its own");
        return new NetworkConfig(
                architecture(keys, definition), keys.isGiven("name"), definition, pretrained, frozen, rate);
    }

    private static Architecture architecture(Keys keys, Optional<String> definition) {
        String name = definition.isPresent() ? keys.optionalString("name").orElse(STANDARD) : keys.string("name");
        Architecture standard = Architectures.named(name);
        Keys own = keys.ofPart(definition.isPresent() ? "use network.definition" : "use network " + name);
        COMMON.forEach(own::has);
        Architecture architecture = definition.isPresent() ? standard : standard.read(own);
        own.refuseUnknown();
        return architecture;
    }

    private static FrozenLayers frozen(Keys keys) {
        if (!keys.is(ConfigValueType.NUMBER, "frozen-layers")) {
            return FrozenLayers.named(keys.strings("frozen-layers"));
        }
        return FrozenLayers.first(keys.whole("frozen-layers", FIRST));
    }
}
