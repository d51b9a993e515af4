package io.github.sparkcnn.checkpoint;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.Visible;
import io.github.sparkcnn.io.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** The folder {@code checkpoints} of a run, with one folder {@code epoch-NNNN} a checkpoint, on any file system. */
public final class Checkpoints {

    private static final Pattern NAME = Pattern.compile("^epoch-(\\d{4,9})$");

    private final Storage storage;
    private final Path run;
    private final Path folder;

    /** The checkpoints below a run's folder, which need not exist yet. */
    public Checkpoints(Storage storage, Path run) {
        this.storage = storage;
        this.run = run;
        this.folder = new Path(run, "checkpoints");
    }

    private record Entry(int epoch, Path path) {}

    /**
     * Writes the checkpoint whole, then deletes what it makes superfluous: all but the newest, and those of later epochs,
     * which are left over from before a run was resumed.
     *
     * @param keep how many remain, with this one
     */
    public void write(Checkpoint checkpoint, int keep) {
        Path path = new Path(folder, String.format(Locale.ROOT, "epoch-%04d", checkpoint.epoch()));
        new CheckpointFolder(storage, path).write(checkpoint);
        List<Entry> older = newestFirst().stream()
                .filter(e -> e.epoch() < checkpoint.epoch())
                .toList();
        newestFirst().stream().filter(e -> e.epoch() > checkpoint.epoch()).forEach(e -> storage.delete(e.path()));
        older.stream().skip(keep - 1L).forEach(e -> storage.delete(e.path()));
    }

    /** Whether no epoch has left one yet; a damaged one counts. */
    public boolean isEmpty() {
        return newestFirst().isEmpty();
    }

    /** Deletes the half-written checkpoints of a driver that was killed. */
    public void deleteUnfinished() {
        storage.deleteUnfinished(folder);
    }

    /**
     * Reads the newest checkpoint that is undamaged.
     *
     * @param damaged told of each damaged one that was skipped, and why
     * @throws UserException if there is none
     */
    public Checkpoint newestWhole(Consumer<String> damaged) {
        List<Entry> entries = newestFirst();
        for (Entry entry : entries) {
            try {
                return new CheckpointFolder(storage, entry.path()).read();
            } catch (IOException | UncheckedIOException e) {
                damaged.accept("Skipped the damaged checkpoint " + entry.path() + ": " + Visible.firstLine(e));
            }
        }
        throw new UserException(
                "resume " + run,
                entries.isEmpty() ? "it has no checkpoint" : "none of its " + entries.size() + " checkpoints is whole",
                "Begin again without --resume in another --output");
    }

    private List<Entry> newestFirst() {
        if (!storage.exists(folder)) {
            return List.of();
        }
        return storage.list(folder).stream()
                .map(FileStatus::getPath)
                .flatMap(path -> NAME.matcher(path.getName())
                        .results()
                        .map(name -> new Entry(Integer.parseInt(name.group(1)), path)))
                .sorted(Comparator.comparingInt(Entry::epoch).reversed())
                .toList();
    }
}
