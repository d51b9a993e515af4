package io.github.sparkcnn.track;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.io.Storage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** {@code steps.jsonl}: a line for each point of the loss within the epochs, whole after every epoch; there is none without points. */
public final class StepsFile {

    private final Storage storage;
    private final Path file;
    private final JsonLines lines;
    /** Empty before the file is looked at. */
    private Optional<List<StepMetrics>> steps = Optional.empty();

    public StepsFile(Storage storage, Path file) {
        this.storage = storage;
        this.file = file;
        this.lines = new JsonLines(storage, file);
    }

    /**
     * What is there; the file is read once.
     *
     * @throws UserException for a file that is damaged
     */
    public List<StepMetrics> read() {
        return List.copyOf(steps());
    }

    /** Leaves the points of the first epochs only, for those behind are trained anew; what is left. */
    public List<StepMetrics> keep(int epochs) {
        List<StepMetrics> there = steps();
        if (there.removeIf(step -> step.epoch() > epochs)) {
            lines.rewrite(there);
        }
        return List.copyOf(there);
    }

    /** Adds an epoch's points. */
    public void add(List<StepMetrics> more) {
        steps().addAll(more);
        lines.add(more);
    }

    private List<StepMetrics> steps() {
        if (steps.isEmpty()) {
            List<StepMetrics> there = storage.exists(file) ? parsed(storage.read(file)) : List.of();
            lines.know(there);
            steps = Optional.of(new ArrayList<>(there));
        }
        return steps.get();
    }

    private List<StepMetrics> parsed(byte[] bytes) {
        try {
            return JsonLines.parse(bytes, StepMetrics.class);
        } catch (IOException e) {
            throw new UserException(
                    "read " + file,
                    "it is damaged (" + e.getMessage() + ")",
                    "Bring back a whole copy of it, or delete it: it only tells how the loss went within the epochs");
        }
    }
}
