package io.github.sparkcnn.model;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.io.Json;
import io.github.sparkcnn.io.Sha256;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.network.Network;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** The folder {@code model} of a run: written whole or not at all, read back only if it is what was written. */
public final class ModelFolder {

    private static final String ZIP = "model.zip";
    private static final String CARD = "model.json";

    private ModelFolder() {}

    /** A network and its card. */
    public record Saved(Network network, ModelCard card) {}

    /** Writes {@code model.zip} (with updater state) and {@code model.json}, replacing the folder in one step. */
    public static void save(Storage storage, Path folder, Network network, ModelCard card) {
        byte[] zip = ModelZip.write(network);
        ModelCard complete = card.withSha256(Sha256.of(zip));
        storage.writeFolder(folder, temporary -> {
            storage.write(new Path(temporary, ZIP), out -> out.write(zip));
            storage.write(new Path(temporary, CARD), Json.page(complete));
        });
    }

    /**
     * Reads a model back.
     *
     * @param given a run's folder or the model folder in it
     */
    public static Saved load(Storage storage, String given) {
        Written written = whole(storage, given);
        return new Saved(ModelZip.read(written.folder(), written.zip()), written.card());
    }

    /**
     * Refuses a model that is not what was written, without making a network of it.
     *
     * @param given a run's folder or the model folder in it
     */
    public static void requireWhole(Storage storage, String given) {
        whole(storage, given);
    }

    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Written(Path folder, ModelCard card, byte[] zip) {}

    private static Written whole(Storage storage, String given) {
        Path folder = find(storage, given);
        try {
            ModelCard card = Json.read(read(storage, new Path(folder, CARD)), ModelCard.class);
            byte[] zip = read(storage, new Path(folder, ZIP));
            String found = Sha256.of(zip);
            if (!found.equals(card.sha256())) {
                throw new UserException(
                        "load model " + folder,
                        ZIP + " has SHA-256 " + found + ", but " + CARD + " says " + card.sha256(),
                        "Restore the folder from where it was written, or train again");
            }
            return new Written(folder, card, zip);
        } catch (IOException e) {
            throw new UserException("load model " + folder, e.getMessage(), "Check the folder that --model names");
        }
    }

    /**
     * A model.zip that no model.json of ours describes.
     *
     * @param given the file, or a folder that it is in
     */
    public static Optional<Path> plainZip(Storage storage, String given) {
        Path path = storage.path(given);
        if (storage.status(path).map(FileStatus::isFile).orElse(false)) {
            return Optional.of(path);
        }
        return Stream.of(path, new Path(path, "model"))
                .filter(folder -> storage.exists(new Path(folder, ZIP)) && !storage.exists(new Path(folder, CARD)))
                .map(folder -> new Path(folder, ZIP))
                .findFirst();
    }

    /** The network in a model.zip. */
    public static Network loadPlain(Storage storage, Path zip) {
        try {
            return ModelZip.read(zip, read(storage, zip));
        } catch (IOException e) {
            throw new UserException("load model " + zip, e.getMessage(), "Name a model.zip that can be read");
        }
    }

    private static Path find(Storage storage, String given) {
        Path path = storage.path(given);
        for (Path folder : new Path[] {path, new Path(path, "model")}) {
            if (storage.exists(new Path(folder, CARD)) && storage.exists(new Path(folder, ZIP))) {
                return folder;
            }
        }
        throw new UserException(
                "load model " + path,
                "it has no " + ZIP + " with " + CARD,
                "Name a run's folder or the model folder in it");
    }

    private static byte[] read(Storage storage, Path file) throws IOException {
        try (InputStream in = storage.open(file)) {
            return in.readAllBytes();
        }
    }
}
