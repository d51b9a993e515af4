package io.github.sparkcnn.predict;

import io.github.sparkcnn.data.sample.SampleGarments;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.model.ModelCard;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.architecture.Architectures;
import io.github.sparkcnn.network.optimizer.Optimizer;
import io.github.sparkcnn.network.optimizer.Sgd;
import java.nio.file.Path;

/** Small untrained models in folders: their predictions differ from image to image, which is all that is asked of them. */
public final class SavedModels {

    private static final Optimizer OPTIMIZER = new Sgd(0.1, 0, 0);

    private SavedModels() {}

    public static Network build(String network) {
        Kernels.wake();
        return Architectures.build(network, ImageShape.MNIST, 10, OPTIMIZER, 4);
    }

    public static Network save(Storage storage, Path folder, String network, PixelScale scale) {
        Network model = build(network);
        save(storage, folder, model, network, scale);
        return model;
    }

    public static void save(Storage storage, Path folder, Network model, String network, PixelScale scale) {
        ModelFolder.save(
                storage,
                storage.path(folder.resolve("model").toString()),
                model,
                ModelCard.unsaved(network, SampleGarments.labels(), ImageShape.MNIST, scale));
    }
}
