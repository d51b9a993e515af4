package io.github.sparkcnn.checkpoint;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.Visible;
import io.github.sparkcnn.io.Denial;
import io.github.sparkcnn.io.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The folder {@code checkpoints} of a run, with one folder a checkpoint, on any file system: {@code epoch-NNNN} between two epochs,
 * {@code epoch-NNNN-minibatch-NNNNNN} within one.
 */
public final class Checkpoints {

    private static final Pattern NAME = Pattern.compile("^epoch-(\\d{4,9})(?:-minibatch-(\\d{6,9}))?$");

    private final Storage storage;
    private final Path run;
    private final Path folder;

    /** The checkpoints below a run's folder, which need not exist yet. */
    public Checkpoints(Storage storage, Path run) {
        this.storage = storage;
        this.run = run;
        this.folder = new Path(run, "checkpoints");
    }

    /** @param minibatches of the next epoch */
    private record Entry(int epoch, int minibatches, Path path) {
        private static final Comparator<Entry> IN_ORDER =
                Comparator.comparingInt(Entry::epoch).thenComparingInt(Entry::minibatches);

        static Entry of(MatchResult name, Path path) {
            String minibatches = name.group(2);
            return new Entry(
                    Integer.parseInt(name.group(1)), minibatches == null ? 0 : Integer.parseInt(minibatches), path);
        }

        boolean isWithinEpoch() {
            return minibatches > 0;
        }
    }

    /**
     * Writes the checkpoint whole, then deletes what it makes superfluous: all but the newest, earlier ones within an epoch, and later ones,
     * which are left over from before a run was resumed.
     *
     * @param keep how many between two epochs remain, with this one
     */
    public void write(Checkpoint checkpoint, int keep) {
        Entry written = entry(checkpoint);
        new CheckpointFolder(storage, written.path()).write(checkpoint);
        List<Entry> others = newestFirst().stream()
                .filter(e -> Entry.IN_ORDER.compare(e, written) != 0)
                .toList();
        others.stream()
                .filter(e -> e.isWithinEpoch() || Entry.IN_ORDER.compare(e, written) > 0)
                .forEach(e -> storage.delete(e.path()));
        others.stream()
                .filter(e -> !e.isWithinEpoch() && Entry.IN_ORDER.compare(e, written) < 0)
                .skip(written.isWithinEpoch() ? keep : keep - 1L)
                .forEach(e -> storage.delete(e.path()));
    }

    private Entry entry(Checkpoint checkpoint) {
        int minibatches = checkpoint.part().minibatches();
        String name = String.format(Locale.ROOT, "epoch-%04d", checkpoint.epoch())
                + (minibatches > 0 ? String.format(Locale.ROOT, "-minibatch-%06d", minibatches) : "");
        return new Entry(checkpoint.epoch(), minibatches, new Path(folder, name));
    }

    /** Whether there is none yet; a damaged one counts. */
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
     * @throws UserException if there is none, or where the file system does not let them be read
     */
    public Checkpoint newestWhole(Consumer<String> damaged) {
        List<Entry> entries = newestFirst();
        for (Entry entry : entries) {
            try {
                return new CheckpointFolder(storage, entry.path()).read();
            } catch (IOException | UncheckedIOException e) {
                Denial.in(e).ifPresent(denied -> {
                    throw denied;
                });
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
                .flatMap(path -> NAME.matcher(path.getName()).results().map(name -> Entry.of(name, path)))
                .sorted(Entry.IN_ORDER.reversed())
                .toList();
    }
}
