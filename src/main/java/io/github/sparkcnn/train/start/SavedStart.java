package io.github.sparkcnn.train.start;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.NetworkConfig;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.model.ModelCard;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.network.FineTuning;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.optimizer.Optimizer;

/** A model of a run of ours, with a head for the classes at hand. */
record SavedStart(Configuration configuration, ModelFolder.Saved saved) implements StartingNetwork {

    static SavedStart of(Storage storage, Configuration configuration) {
        NetworkConfig network = configuration.network();
        ModelFolder.Saved saved = ModelFolder.load(storage, network.pretrained().orElseThrow());
        if (network.isNameGiven() && !saved.card().network().equals(network.name())) {
            throw new UserException(
                    action(network),
                    "its network is " + saved.card().network() + ", network.name is " + network.name(),
                    "Set network.name to " + saved.card().network());
        }
        FineTuning.requireFreezable(saved.network(), network.frozen());
        return new SavedStart(configuration, saved);
    }

    private static String action(NetworkConfig network) {
        return "fine-tune " + network.pretrained().orElseThrow();
    }

    @Override
    public String title() {
        return saved.card().network();
    }

    @Override
    public boolean isSequential() {
        return saved.network().chain().isPresent();
    }

    @Override
    public OptimizerInForce optimizer() {
        return OptimizerInForce.configured(configuration.training());
    }

    @Override
    public Network build(ImageShape shape, int classes) {
        NetworkConfig network = configuration.network();
        ModelCard card = saved.card();
        if (!card.input().equals(shape)) {
            throw new UserException(
                    action(network),
                    "it takes images of " + card.input() + ", the training images are " + shape,
                    "Set data.resize to [" + card.input().height() + ", "
                            + card.input().width() + "], or network.pretrained to a model of the images' shape");
        }
        Optimizer optimizer = configuration.training().optimizer();
        double bodyRate = network.bodyLearningRate().orElse(optimizer.learningRate());
        return FineTuning.adapt(
                saved.network(),
                classes,
                network.frozen(),
                optimizer,
                bodyRate,
                configuration.training().seed());
    }
}
