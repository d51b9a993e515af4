package io.github.sparkcnn.network.architecture;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.keys.Nearest;
import io.github.sparkcnn.keys.Registry;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.TorchInitialization;
import io.github.sparkcnn.network.optimizer.Optimizer;
import java.util.Set;
import org.deeplearning4j.exception.DL4JException;

/** Finds an architecture by its name and makes initialised networks of it. */
public final class Architectures {

    private Architectures() {}

    /** Builds the network of that name with PyTorch's default initialisation from the seed. */
    public static Network build(String name, ImageShape input, int classes, Optimizer optimizer, long seed) {
        return build(named(name), input, classes, optimizer, seed);
    }

    /** Builds the network with PyTorch's default initialisation from the seed. */
    public static Network build(
            Architecture architecture, ImageShape input, int classes, Optimizer optimizer, long seed) {
        Network network = configured(architecture, input, classes, optimizer);
        try {
            TorchInitialization.apply(network, seed);
            return network;
        } catch (OutOfMemoryError e) { // the JVM's, or that of ND4J's natives
            throw new UserException(
                    action(architecture),
                    network.withoutMemory(),
                    "Give it smaller images, scale them with data.resize, e.g. to [28, 28], or raise spark.driver.memory");
        }
    }

    static Network configured(Architecture architecture, ImageShape input, int classes, Optimizer optimizer) {
        input.requireInput(action(architecture));
        try {
            Network network = architecture.configure(input, classes, optimizer.updater(), optimizer.weightDecay());
            if (network.vanishes(input)) {
                throw tooSmall(architecture, input);
            }
            network.excess(input).ifPresent(excess -> {
                throw new UserException(
                        action(architecture),
                        excess,
                        "Give it smaller images, scale them with data.resize, e.g. to [28, 28], or ask for fewer classes");
            });
            if (network.chain().isPresent() != architecture.isSequential()) {
                throw new IllegalStateException("network " + architecture.name() + " says that isSequential is "
                        + architecture.isSequential() + ", and is not what it says");
            }
            return network;
        } catch (DL4JException e) { // it finds some of these mistakes itself
            throw tooSmall(architecture, input);
        }
    }

    private static String action(Architecture architecture) {
        return "build network " + architecture.name();
    }

    private static UserException tooSmall(Architecture architecture, ImageShape input) {
        return new UserException(
                action(architecture),
                "images of " + input + " are too small for it",
                "Give it larger images, or scale them with data.resize, e.g. to [28, 28]");
    }

    /**
     * The architecture of a name.
     *
     * @throws UserException for a name that none has, with the nearest
     */
    public static Architecture named(String name) {
        Registry<Architecture> registry = Registry.of(Architecture.class, "network");
        return registry.find(name).orElseThrow(() -> unknown(name, registry.names()));
    }

    private static UserException unknown(String name, Set<String> names) {
        String known = String.join(", ", names);
        return new UserException(
                "build network " + name,
                "there is none of that name",
                Nearest.of(name, names)
                        .map(near -> "Did you mean " + near + "? network.name is one of " + known)
                        .orElse("Set network.name to one of " + known));
    }
}
