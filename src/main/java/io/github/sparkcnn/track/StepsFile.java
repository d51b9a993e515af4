package io.github.sparkcnn.track;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.io.Json;
import io.github.sparkcnn.io.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;

/** {@code steps.jsonl}: a line for each point of the loss within the epochs, whole after every epoch; there is none without points. */
public final class StepsFile {

    private final Storage storage;
    private final Path file;
    private final List<StepMetrics> steps = new ArrayList<>();

    public StepsFile(Storage storage, Path file) {
        this.storage = storage;
        this.file = file;
    }

    /**
     * What is there.
     *
     * @throws UserException for a file that is damaged
     */
    public List<StepMetrics> read() {
        if (!storage.exists(file)) {
            return List.of();
        }
        try (InputStream in = storage.open(file)) {
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .map(this::parsed)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private StepMetrics parsed(String line) {
        try {
            return Json.read(line.getBytes(UTF_8), StepMetrics.class);
        } catch (IOException e) {
            throw new UserException(
                    "read " + file,
                    "it is damaged (" + e.getMessage() + ")",
                    "Bring back a whole copy of it, or delete it: it only tells how the loss went within the epochs");
        }
    }

    /** Leaves the points of the first epochs only, for those behind are trained anew; what is left. */
    public List<StepMetrics> keep(int epochs) {
        List<StepMetrics> there = read();
        steps.clear();
        there.stream().filter(step -> step.epoch() <= epochs).forEach(steps::add);
        if (steps.isEmpty() && !there.isEmpty()) {
            storage.delete(file);
        } else if (steps.size() < there.size()) {
            write();
        }
        return List.copyOf(steps);
    }

    /** Adds an epoch's points. */
    public void add(List<StepMetrics> more) {
        steps.addAll(more);
        write();
    }

    private void write() {
        storage.write(file, steps.stream().map(Json::line).collect(Collectors.joining("\n", "", "\n")));
    }
}
