package io.github.sparkcnn.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.sparkcnn.io.Json;
import io.github.sparkcnn.io.Sha256;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.PartOfEpoch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.fs.Path;

/**
 * One checkpoint on disk: {@code parameters.f32} and {@code updater.f32} (little-endian floats), {@code state.json}, and
 * {@code checksums.json} with the SHA-256 of the three.
 */
final class CheckpointFolder {

    private static final String PARAMETERS = "parameters.f32";
    private static final String UPDATER = "updater.f32";
    private static final String STATE = "state.json";
    private static final String CHECKSUMS = "checksums.json";

    private final Storage storage;
    private final Path folder;

    CheckpointFolder(Storage storage, Path folder) {
        this.storage = storage;
        this.folder = folder;
    }

    /** What is in {@code state.json}: the checkpoint without its floats; without a part between two epochs. */
    private record State(
            int epoch,
            @JsonInclude(JsonInclude.Include.NON_NULL) PartOfEpoch part,
            int iteration,
            @JsonProperty("network_epoch") int networkEpoch,
            long seed,
            @JsonProperty("best_score") Double bestScore,
            Origin origin,
            List<EpochMetrics> metrics) {

        State {
            Objects.requireNonNull(origin, "it has no origin");
            metrics = List.copyOf(Objects.requireNonNull(metrics, "it has no metrics"));
            if (metrics.stream().anyMatch(EpochMetrics::hasDiverged)) {
                throw new IllegalArgumentException("an epoch's validation loss is NaN");
            }
        }
    }

    private record Checksums(Map<String, String> sha256) {

        Checksums {
            Objects.requireNonNull(sha256, "it has no sha256");
        }
    }

    /** Writes the whole folder or nothing of it. */
    void write(Checkpoint checkpoint) {
        NetworkState network = checkpoint.network();
        State state = new State(
                checkpoint.epoch(),
                checkpoint.part().equals(PartOfEpoch.NONE) ? null : checkpoint.part(),
                network.iteration(),
                network.epoch(),
                checkpoint.seed(),
                checkpoint.bestScore(),
                checkpoint.origin(),
                checkpoint.metrics());
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(PARAMETERS, bytes(network.parameters()));
        files.put(UPDATER, bytes(network.updater()));
        files.put(STATE, Json.page(state).getBytes(UTF_8));
        Map<String, String> sums = new LinkedHashMap<>();
        files.forEach((name, content) -> sums.put(name, Sha256.of(content)));
        files.put(CHECKSUMS, Json.page(new Checksums(sums)).getBytes(UTF_8));
        storage.writeFolder(
                folder,
                temporary -> files.forEach(
                        (name, content) -> storage.write(new Path(temporary, name), out -> out.write(content))));
    }

    /** Reads back what was written; an IOException says what is damaged. */
    Checkpoint read() throws IOException {
        Checksums sums = Json.read(bytes(CHECKSUMS), Checksums.class);
        float[] parameters = floats(checked(PARAMETERS, sums));
        float[] updater = floats(checked(UPDATER, sums));
        State state = Json.read(checked(STATE, sums), State.class);
        return new Checkpoint(
                state.epoch(),
                Objects.requireNonNullElse(state.part(), PartOfEpoch.NONE),
                new NetworkState(parameters, updater, state.iteration(), state.networkEpoch()),
                state.seed(),
                state.bestScore(),
                state.origin(),
                state.metrics());
    }

    private byte[] checked(String name, Checksums sums) throws IOException {
        byte[] content = bytes(name);
        String wanted = sums.sha256().get(name);
        String found = Sha256.of(content);
        if (!found.equals(wanted)) {
            throw new IOException(name + " has SHA-256 " + found + ", but " + CHECKSUMS + " says " + wanted);
        }
        return content;
    }

    private byte[] bytes(String name) throws IOException {
        try (InputStream in = storage.open(new Path(folder, name))) {
            return in.readAllBytes();
        }
    }

    private static byte[] bytes(float[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(values);
        return buffer.array();
    }

    private static float[] floats(byte[] bytes) {
        FloatBuffer buffer =
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
        float[] values = new float[buffer.remaining()];
        buffer.get(values);
        return values;
    }
}
