package io.github.sparkcnn.train.start;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.NetworkConfig;
import io.github.sparkcnn.config.TrainingConfig;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.network.FineTuning;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.definition.OwnNetwork;
import io.github.sparkcnn.network.optimizer.Optimizer;
import java.util.OptionalInt;
import org.apache.hadoop.fs.Path;

/** A model.zip of somebody else's: its own definition and its weights, with a head for the classes at hand. */
record ForeignStart(
        Configuration configuration, String title, OwnNetwork own, Network saved, OptimizerInForce optimizer)
        implements StartingNetwork {

    static ForeignStart of(Storage storage, Configuration configuration, Path zip) {
        NetworkConfig network = configuration.network();
        String action = "use network.pretrained " + network.pretrained().orElseThrow();
        if (network.bodyLearningRate().isPresent() && !configuration.training().isOptimizerGiven()) {
            throw new UserException(
                    action,
                    "network.body-learning-rate is set, and the model keeps optimizers of its own",
                    "Set training.optimizer too");
        }
        OwnNetwork own = DefinedStart.read(storage, configuration, action, zip);
        OptimizerInForce optimizer = OptimizerInForce.of(action, own, configuration);
        Network saved = ModelFolder.loadPlain(storage, zip);
        FineTuning.requireFreezable(saved, network.frozen());
        return new ForeignStart(configuration, zip.getName(), own, saved, optimizer);
    }

    @Override
    public boolean isSequential() {
        return own.isSequential();
    }

    @Override
    public Network build(ImageShape shape, int classes) {
        NetworkConfig network = configuration.network();
        TrainingConfig training = configuration.training();
        Network fitted = own.fit(shape, OptionalInt.empty(), training.seed()).build();
        fitted.parameters().assign(saved.parameters());
        if (!training.isOptimizerGiven()) {
            return FineTuning.adapt(fitted, classes, network.frozen());
        }
        Optimizer chosen = training.optimizer();
        double bodyRate = network.bodyLearningRate().orElse(chosen.learningRate());
        return FineTuning.adapt(fitted, classes, network.frozen(), chosen, bodyRate, training.seed());
    }
}
