package io.github.sparkcnn.train.start;

import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.NetworkConfig;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.architecture.Architecture;
import io.github.sparkcnn.network.architecture.Architectures;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** The network that training starts from: one of ours, one that the user has defined, or a saved one. */
public interface StartingNetwork {

    /** Loads what there is to load; refuses what can be refused before there are images. */
    static StartingNetwork of(Storage storage, Configuration configuration) {
        NetworkConfig network = configuration.network();
        if (network.definition().isPresent()) {
            return DefinedStart.of(storage, configuration);
        }
        if (network.pretrained().isEmpty()) {
            return new NamedStart(configuration);
        }
        Optional<Path> plain =
                ModelFolder.plainZip(storage, network.pretrained().get());
        return plain.isPresent()
                ? ForeignStart.of(storage, configuration, plain.get())
                : SavedStart.of(storage, configuration);
    }

    /** What model.json calls it. */
    String title();

    /** Whether its layers follow each other. */
    boolean isSequential();

    /** Whose optimizer trains it. */
    OptimizerInForce optimizer();

    /** Built as the configuration says, for images of this shape and so many classes. */
    Network build(ImageShape shape, int classes);

    /** One of ours, with random weights. */
    record NamedStart(Configuration configuration) implements StartingNetwork {

        private Architecture architecture() {
            return configuration.network().architecture();
        }

        @Override
        public String title() {
            return architecture().name();
        }

        @Override
        public boolean isSequential() {
            return architecture().isSequential();
        }

        @Override
        public OptimizerInForce optimizer() {
            return OptimizerInForce.configured(configuration.training());
        }

        @Override
        public Network build(ImageShape shape, int classes) {
            return Architectures.build(
                    architecture(),
                    shape,
                    classes,
                    configuration.training().optimizer(),
                    configuration.training().seed());
        }
    }
}
