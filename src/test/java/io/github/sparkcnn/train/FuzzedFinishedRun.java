package io.github.sparkcnn.train;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sparkcnn.checkpoint.Origin;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.config.TrainingConfig;
import io.github.sparkcnn.fuzz.OutsideReader;
import io.github.sparkcnn.io.DataFile;
import io.github.sparkcnn.io.Json;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.Manifest;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.Path;

/** What a run that has come to its end says of itself, its manifest or its metrics, and what {@code --resume} makes of that. */
public record FuzzedFinishedRun(boolean isManifest) implements OutsideReader {
    private static final Path FOLDER = new Path("/runs/mine");
    private static final DataFile DATA = new DataFile("/data/train.csv", 9, "00");
    private static final Manifest.Begun BEGUN = new Manifest.Begun(Map.of("training.seed", "7"), "00ff", 3);
    private static final TrainingConfig TRAINING = ConfigurationReader.read(
                    "a.conf",
                    "",
                    List.of(
                            "data.train=a.csv",
                            "data.test=b.csv",
                            "training.epochs=2",
                            "training.early-stopping={patience = 1, restore-best = true}"))
            .training();
    private static final byte[] MANIFEST = Json.page(Map.of("begun_with", BEGUN, "data", List.of(DATA), "seed", 7))
            .getBytes(UTF_8);
    private static final byte[] METRICS = (Json.line(new EpochMetrics(1, 0.5, 0.4, 0.9, 0.1, 3, 1.5, 2, 2)) + "\n"
                    + Json.line(new EpochMetrics(2, 0.5, 0.3, 0.9, 0.1, 3, 1.5, 2, null)) + "\n")
            .getBytes(UTF_8);

    @Override
    public String name() {
        return isManifest ? "resumed-manifest" : "resumed-metrics";
    }

    @Override
    public List<byte[]> seeds() {
        return List.of(isManifest ? MANIFEST : METRICS, "null\n".getBytes(UTF_8), "{}\n".getBytes(UTF_8));
    }

    @Override
    public List<String> words() {
        return List.of("null", "{}", "[]", "\"", ",", "\"NaN\"", "1e999", "-1", "\n", "\"begun_with\"", "\"keys\"");
    }

    @Override
    public void read(byte[] input) {
        FinishedRun.read(FOLDER, isManifest ? input : MANIFEST, isManifest ? METRICS : input)
                .ifPresent(run -> {
                    run.isComplete(TRAINING);
                    run.modelEpoch(TRAINING);
                    Resumption.of(run, FOLDER)
                            .requireSame(new Origin(BEGUN.keys(), BEGUN.network(), List.of(DATA), BEGUN.images()));
                });
    }
}
