package io.github.sparkcnn.train;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.NetworkConfig;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.model.ModelCard;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.network.FineTuning;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.architecture.Architectures;
import io.github.sparkcnn.network.optimizer.Optimizer;
import java.util.Optional;

/** The network that training starts from: one with random weights, or a saved one with a head for the classes at hand. */
final class StartingNetwork {

    private final Configuration configuration;
    private final Optional<ModelFolder.Saved> pretrained;

    private StartingNetwork(Configuration configuration, Optional<ModelFolder.Saved> pretrained) {
        this.configuration = configuration;
        this.pretrained = pretrained;
    }

    /** Loads the saved model, if there is one; refuses what can be refused before there are images. */
    static StartingNetwork of(Storage storage, Configuration configuration) {
        NetworkConfig network = configuration.network();
        Optional<ModelFolder.Saved> pretrained = network.pretrained().map(path -> ModelFolder.load(storage, path));
        pretrained.ifPresent(saved -> {
            requireSameNetwork(saved.card(), network);
            FineTuning.requireFreezable(saved.network(), network.frozen());
        });
        return new StartingNetwork(configuration, pretrained);
    }

    /** Built as the configuration says, for images of this shape and so many classes. */
    Network build(ImageShape shape, int classes) {
        NetworkConfig network = configuration.network();
        Optimizer optimizer = configuration.training().optimizer();
        long seed = configuration.training().seed();
        if (pretrained.isEmpty()) {
            return Architectures.build(network.architecture(), shape, classes, optimizer, seed);
        }
        requireSameShape(pretrained.get().card(), network, shape);
        double bodyRate = network.bodyLearningRate().orElse(optimizer.learningRate());
        return FineTuning.adapt(pretrained.get().network(), classes, network.frozen(), optimizer, bodyRate, seed);
    }

    private static void requireSameNetwork(ModelCard card, NetworkConfig network) {
        if (!card.network().equals(network.name())) {
            throw new UserException(
                    action(network),
                    "its network is " + card.network() + ", network.name is " + network.name(),
                    "Set network.name to " + card.network());
        }
    }

    private static void requireSameShape(ModelCard card, NetworkConfig network, ImageShape shape) {
        if (!card.input().equals(shape)) {
            throw new UserException(
                    action(network),
                    "it takes images of " + card.input() + ", the training images are " + shape,
                    "Set data.resize to [" + card.input().height() + ", "
                            + card.input().width() + "], or network.pretrained to a model of the images' shape");
        }
    }

    private static String action(NetworkConfig network) {
        return "fine-tune " + network.pretrained().orElseThrow();
    }
}
