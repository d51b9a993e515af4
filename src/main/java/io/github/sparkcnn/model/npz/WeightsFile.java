package io.github.sparkcnn.model.npz;

import io.github.sparkcnn.FileException;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.io.NamedOutput;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.numpy.NpyArray;
import io.github.sparkcnn.numpy.NpzFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;

/** A model's weights as a file for PyTorch, and back. */
public final class WeightsFile {

    private static final String OPTION = "--npz";

    private WeightsFile() {}

    /** Writes the weights of a saved model; whole, or not at all. */
    public static Path write(Storage storage, String model, Path file) {
        NamedOutput output = new NamedOutput(storage, file, OPTION);
        output.requireNewFile();
        ModelFolder.Saved saved = ModelFolder.load(storage, model);
        List<String> modules = TorchModules.of(saved.card().network(), saved.network());
        Map<String, NpyArray> weights = TorchWeights.of(saved.network(), modules);
        output.write(out -> NpzFile.write(weights, out));
        return file;
    }

    /** Sets all parameters of a network of that name from a file. */
    public static void read(Storage storage, String given, String networkName, Network network) {
        Path file = storage.path(given);
        if (!storage.exists(file)) {
            throw new UserException("read " + file, "there is no such file", "Set --npz to a file of numpy.savez");
        }
        try (InputStream in = storage.open(file)) {
            Map<String, NpyArray> weights = NpzFile.read(in, file.toString());
            TorchWeights.load(network, TorchModules.of(networkName, network), weights, file.toString());
        } catch (IOException e) {
            throw new FileException("read", file, e);
        }
    }
}
