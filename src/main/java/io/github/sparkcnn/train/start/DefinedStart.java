package io.github.sparkcnn.train.start;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.definition.OwnNetwork;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** A network that the user has defined, with weights as its own initialisation draws them. */
record DefinedStart(Configuration configuration, String title, OwnNetwork own, OptimizerInForce optimizer)
        implements StartingNetwork {

    static DefinedStart of(Storage storage, Configuration configuration) {
        String given = configuration.network().definition().orElseThrow();
        Path file = storage.path(given);
        String action = "use network.definition " + given;
        OwnNetwork own = read(storage, configuration, action, file);
        configuration.data().labels().ifPresent(classes -> own.requireClasses(classes.size()));
        return new DefinedStart(configuration, file.getName(), own, OptimizerInForce.of(action, own, configuration));
    }

    /** Reads a definition and holds it against the configuration. */
    static OwnNetwork read(Storage storage, Configuration configuration, String action, Path file) {
        OwnNetwork own = read(storage, action, file);
        if (!configuration.training().classWeights().isEmpty()) {
            own.requireClassWeights();
        }
        return own;
    }

    private static OwnNetwork read(Storage storage, String action, Path file) {
        Optional<FileStatus> status = storage.status(file);
        if (status.isEmpty()) {
            throw new UserException(action, "there is no such file", "Correct the path");
        }
        if (status.get().isDirectory()) {
            throw new UserException(action, "it is a folder", "Name the JSON or model.zip in it");
        }
        try (InputStream in = storage.open(file)) {
            return OwnNetwork.read(action, in);
        } catch (IOException e) {
            throw new UserException(action, e.getMessage(), "Name a file that can be read");
        }
    }

    @Override
    public boolean isSequential() {
        return own.isSequential();
    }

    @Override
    public Network build(ImageShape shape, int classes) {
        OwnNetwork trained = configuration.training().isOptimizerGiven()
                ? own.with(configuration.training().optimizer())
                : own;
        return trained.fit(
                        shape, OptionalInt.of(classes), configuration.training().seed())
                .build();
    }
}
