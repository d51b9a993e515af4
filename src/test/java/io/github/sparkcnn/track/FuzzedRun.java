package io.github.sparkcnn.track;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sparkcnn.fuzz.OutsideReader;
import io.github.sparkcnn.fuzz.Scratch;
import io.github.sparkcnn.io.DataFile;
import io.github.sparkcnn.io.Json;
import io.github.sparkcnn.track.report.Report;
import io.github.sparkcnn.track.report.ReportPage;
import io.github.sparkcnn.track.report.SideBySide;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** A file of a run's folder, as the pages show what is in it; the rest of the folder is whole. */
public record FuzzedRun(Part part, Scratch scratch) implements OutsideReader {
    private static final List<EpochMetrics> EPOCHS = List.of(
            new EpochMetrics(1, 0.5, 0.4, 0.9, 0.1, 3, 1.5, 2, 2),
            new EpochMetrics(2, 0.25, null, null, 0.1, 3, 1, 3, null));

    /** What is thrown at. */
    public enum Part {
        MANIFEST("manifest.json"),
        METRICS("metrics.jsonl"),
        STEPS("steps.jsonl");

        private final String file;

        Part(String file) {
            this.file = file;
        }
    }

    public FuzzedRun(Part part) {
        this(part, new Scratch());
    }

    @Override
    public String name() {
        return "run-" + part.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<byte[]> seeds() {
        return List.of(content(part), "null\n".getBytes(UTF_8), "{}\n".getBytes(UTF_8));
    }

    private static byte[] content(Part part) {
        return switch (part) {
            case MANIFEST -> Json.page(manifest()).getBytes(UTF_8);
            case METRICS -> lines(EPOCHS.get(0), EPOCHS.get(1));
            case STEPS ->
                lines(
                        new StepMetrics(1, 10, 2, 1.5, 0.001),
                        new StepMetrics(1, 20, 3, 0.1, 0.001),
                        new StepMetrics(2, 30, 3, 0.25, 0.0005));
        };
    }

    private static Map<String, Object> manifest() {
        Map<String, Object> manifest = new LinkedHashMap<>();
        manifest.put("configuration", Map.of("training", Map.of("epochs", 2, "schedule", Map.of("name", "constant"))));
        manifest.put("git_commit", "00ff");
        manifest.put("data", List.of(new DataFile("/data/train.csv", 9, "00")));
        manifest.put("versions", Map.of("spark", "3.5.5"));
        manifest.put("workers", Map.of("strategy", "ALL_REDUCE", "count", 2, "by_epoch", List.of(2, 1)));
        manifest.put("seconds", Map.of("read", 1.5, "train", 2.0));
        return manifest;
    }

    private static byte[] lines(Object... values) {
        return (String.join("\n", Arrays.stream(values).map(Json::line).toList()) + "\n").getBytes(UTF_8);
    }

    @Override
    public List<String> words() {
        return List.of("null", "{}", "[]", "\"", ",", "\"NaN\"", "\"Infinity\"", "1e999", "-1", "\n", "\"workers\"");
    }

    @Override
    public void read(byte[] input) throws IOException {
        for (Part other : Part.values()) {
            scratch.file("whole/" + other.file, content(other));
            scratch.file("fuzzed/" + other.file, other == part ? input : content(other));
        }
        Path root = scratch.root().getPath();
        RecordedRun run = RecordedRun.read(Scratch.STORAGE, root + "/fuzzed");
        if (part == Part.STEPS) {
            StepsFile steps = new StepsFile(Scratch.STORAGE, new Path(root, "fuzzed/" + part.file));
            ReportPage.render(page(run, steps.keep(2)));
        } else {
            SideBySide.render(List.of(RecordedRun.read(Scratch.STORAGE, root + "/whole"), run));
        }
    }

    private static Report page(RecordedRun run, List<StepMetrics> steps) {
        return new Report(
                "run",
                "now",
                run.epochs(),
                steps,
                Optional.empty(),
                List.of(),
                List.of(),
                run.seconds(),
                run.configuration(),
                run.environment());
    }

    @Override
    public int tries() {
        return 300;
    }
}
