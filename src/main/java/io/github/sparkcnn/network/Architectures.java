package io.github.sparkcnn.network;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.OptimizerConfig;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.keys.Nearest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.deeplearning4j.exception.DL4JException;
import org.deeplearning4j.nn.api.Model;

/** Finds an architecture by its name and makes initialised networks of it. */
public final class Architectures {

    private static final Map<String, Architecture> BY_NAME =
            List.of(new AllConvolutional(), new BatchNormCnn(), new FashionCnn(), new ResidualCnn()).stream()
                    .collect(Collectors.toMap(Architecture::name, Function.identity(), (a, b) -> a, TreeMap::new));

    private Architectures() {}

    /** Builds the network with PyTorch's default initialisation from the seed. */
    public static Model build(String name, ImageShape input, int classes, OptimizerConfig optimizer, long seed) {
        Model network = configured(named(name), input, classes, optimizer);
        TorchInitialization.apply(network, seed);
        return network;
    }

    private static Model configured(
            Architecture architecture, ImageShape input, int classes, OptimizerConfig optimizer) {
        try {
            Model network =
                    architecture.configure(input, classes, Optimizers.updater(optimizer), optimizer.weightDecay());
            if (ActivationShapes.hasEmpty(network, input)) {
                throw tooSmall(architecture, input);
            }
            return network;
        } catch (DL4JException e) { // it finds some of these mistakes itself
            throw tooSmall(architecture, input);
        }
    }

    private static UserException tooSmall(Architecture architecture, ImageShape input) {
        return new UserException(
                "build network " + architecture.name(),
                "images of " + input + " are too small for it",
                "Give it larger images, or scale them with data.resize, e.g. to [28, 28]");
    }

    /** Refuses a name that no architecture has. */
    public static void requireKnown(String name) {
        named(name);
    }

    /** Whether the layers of the network of that name follow each other: a {@code MultiLayerNetwork}. */
    public static boolean isSequential(String name) {
        return named(name).isSequential();
    }

    private static Architecture named(String name) {
        Architecture architecture = BY_NAME.get(name);
        if (architecture == null) {
            String known = String.join(", ", BY_NAME.keySet());
            throw new UserException(
                    "build network " + name,
                    "there is none of that name",
                    Nearest.of(name, BY_NAME.keySet())
                            .map(near -> "Did you mean " + near + "? network.name is one of " + known)
                            .orElse("Set network.name to one of " + known));
        }
        return architecture;
    }
}
