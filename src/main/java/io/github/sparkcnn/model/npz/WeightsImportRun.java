package io.github.sparkcnn.model.npz;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.io.NamedOutput;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.model.ModelCard;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.architecture.Architectures;
import io.github.sparkcnn.network.optimizer.Adam;
import io.github.sparkcnn.network.optimizer.Optimizer;
import org.apache.hadoop.fs.Path;

/** Makes a model of weights from PyTorch, in a folder of its own. */
public final class WeightsImportRun {

    /** Nobody trains with it before a configuration has said how. */
    private static final Optimizer OPTIMIZER = new Adam(0.001, 0);

    private final Storage storage;
    private final String npz;
    private final Path folder;

    /**
     * Prepares a run; nothing happens yet.
     *
     * @param npz the weights, a file of numpy.savez
     * @param output in which the folder {@code model} is written
     */
    public WeightsImportRun(Storage storage, String npz, Path output) {
        this.storage = storage;
        this.npz = npz;
        this.folder = new Path(output, "model");
    }

    /**
     * Builds the network that the card names, sets its parameters from the file, and writes both.
     *
     * @return the model's folder
     * @throws UserException where the folder is there already or cannot be written, or the weights are not the network's
     */
    public Path execute(ModelCard card) {
        requireNew();
        Kernels.wake();
        Network network =
                Architectures.build(card.network(), card.input(), card.labels().size(), OPTIMIZER, 0);
        WeightsFile.read(storage, npz, card.network(), network);
        ModelFolder.save(storage, folder, network, card);
        return folder;
    }

    private void requireNew() {
        new NamedOutput(storage, folder.getParent(), "--output").requireWritable();
        if (storage.exists(folder)) {
            throw new UserException("write " + folder, "it exists already", "Choose another --output or delete it");
        }
    }
}
