package io.github.sparkcnn.train;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.NetworkConfig;
import io.github.sparkcnn.config.OptimizerConfig;
import io.github.sparkcnn.data.ImageShape;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.model.ModelCard;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.network.Architectures;
import io.github.sparkcnn.network.FineTuning;
import org.deeplearning4j.nn.api.Model;

/** The network that training starts from: one with random weights, or a saved one with a head for the classes at hand. */
final class StartingNetwork {

    private StartingNetwork() {}

    /** Built as the configuration says, for images of this shape. */
    static Model build(Storage storage, Configuration configuration, ImageShape shape) {
        NetworkConfig network = configuration.network();
        OptimizerConfig optimizer = configuration.training().optimizer();
        int classes = configuration.data().classes();
        long seed = configuration.training().seed();
        if (network.pretrained().isEmpty()) {
            return Architectures.build(network.name(), shape, classes, optimizer, seed);
        }
        ModelFolder.Saved saved = ModelFolder.load(storage, network.pretrained().get());
        requireFitting(saved.card(), network, shape);
        return FineTuning.adapt(saved.network(), classes, network, optimizer, seed);
    }

    private static void requireFitting(ModelCard card, NetworkConfig network, ImageShape shape) {
        String action = "fine-tune " + network.pretrained().orElseThrow();
        if (!card.network().equals(network.name())) {
            throw new UserException(
                    action,
                    "it is a " + card.network() + ", network.name is " + network.name(),
                    "Set network.name to " + card.network());
        }
        if (!card.input().equals(shape)) {
            throw new UserException(
                    action,
                    "it takes images of " + card.input() + ", the training images are " + shape,
                    "Set data.resize to [" + card.input().height() + ", "
                            + card.input().width() + "], or network.pretrained to a model of the images' shape");
        }
    }
}
