package io.github.sparkcnn.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sparkcnn.fuzz.OutsideReader;
import io.github.sparkcnn.fuzz.Scratch;
import io.github.sparkcnn.io.DataFile;
import io.github.sparkcnn.io.Sha256;
import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.LossPoint;
import io.github.sparkcnn.track.PartOfEpoch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One file of a checkpoint; the sums of the others, and where it is not the sums its own, are right. */
public record FuzzedCheckpoint(String file, Scratch scratch) implements OutsideReader {

    public FuzzedCheckpoint(String file) {
        this(file, new Scratch());
    }

    @Override
    public String name() {
        return "checkpoint-" + file.replaceFirst("\\..*", "");
    }

    @Override
    public List<byte[]> seeds() throws Exception {
        PartOfEpoch part = new PartOfEpoch(7, 3.5, 21, 1.5, List.of(new LossPoint(3, 9, 2.5)));
        return List.of(
                Files.readAllBytes(written(new Scratch(), PartOfEpoch.NONE).resolve(file)),
                Files.readAllBytes(written(new Scratch(), part).resolve(file)),
                "null".getBytes(UTF_8),
                "{}".getBytes(UTF_8));
    }

    @Override
    public List<String> words() {
        return List.of("null", "{}", "[]", "\"", ",", "NaN", "1e999", "-1", "\"origin\"", "\"sha256\"", "\n");
    }

    /** The only one in the folder. */
    private static Path written(Scratch scratch, PartOfEpoch part) throws IOException {
        checkpoints(scratch)
                .write(
                        new Checkpoint(
                                1,
                                part,
                                new NetworkState(new float[] {1, 2}, new float[] {3}, 10, 1),
                                7,
                                0.5,
                                new Origin(
                                        Map.of("training.seed", "7"),
                                        "00ff",
                                        List.of(new DataFile("/data/train.csv", 9, "00")),
                                        3),
                                List.of(new EpochMetrics(1, 0.5, 0.4, 0.9, 0.1, 3, 1.5, 2, 2))),
                        1);
        try (Stream<Path> written =
                Files.list(Path.of(scratch.root().getPath().toUri().getPath(), "checkpoints"))) {
            return written.findFirst().orElseThrow();
        }
    }

    private static Checkpoints checkpoints(Scratch scratch) {
        return new Checkpoints(Scratch.STORAGE, scratch.root().getPath());
    }

    @Override
    public void read(byte[] input) throws IOException {
        Path folder = Path.of(scratch.root().getPath().toUri().getPath(), "checkpoints", "epoch-0001");
        if (!Files.exists(folder)) {
            written(scratch, PartOfEpoch.NONE);
        }
        String sums = Files.readString(folder.resolve("checksums.json"));
        byte[] before = Files.readAllBytes(folder.resolve(file));
        Files.write(folder.resolve(file), input);
        if (!file.equals("checksums.json")) {
            Files.writeString(folder.resolve("checksums.json"), sums.replace(Sha256.of(before), Sha256.of(input)));
        }
        try {
            checkpoints(scratch).newestWhole(damaged -> {});
        } finally {
            Files.write(folder.resolve(file), before);
            Files.writeString(folder.resolve("checksums.json"), sums);
        }
    }

    @Override
    public int tries() {
        return 150;
    }
}
