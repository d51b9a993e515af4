package io.github.sparkcnn.train;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.checkpoint.Checkpoint;
import io.github.sparkcnn.checkpoint.Checkpoints;
import io.github.sparkcnn.checkpoint.Origin;
import io.github.sparkcnn.config.TrainingConfig;
import io.github.sparkcnn.io.DataFile;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.PartOfEpoch;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;

/** Where a run begins: before its first epoch, behind a checkpoint, or not at all. What would change the result meanwhile is refused. */
final class Resumption {

    private final Path folder;
    private final Optional<Checkpoint> checkpoint;
    private final Optional<FinishedRun> finished;

    private Resumption(Path folder, Optional<Checkpoint> checkpoint, Optional<FinishedRun> finished) {
        this.folder = folder;
        this.checkpoint = checkpoint;
        this.finished = finished;
    }

    static Resumption fromTheStart(Path folder) {
        return new Resumption(folder, Optional.empty(), Optional.empty());
    }

    /** Of a run that has nothing left to train. */
    static Resumption of(FinishedRun finished, Path folder) {
        return new Resumption(folder, Optional.empty(), Optional.of(finished));
    }

    /** Behind the newest whole checkpoint; {@code notice} hears of it and of damaged ones. */
    static Resumption fromNewest(Checkpoints checkpoints, Path folder, Consumer<String> notice) {
        Checkpoint checkpoint = checkpoints.newestWhole(notice);
        notice.accept("Resuming " + folder + " after " + checkpoint.place());
        return new Resumption(folder, Optional.of(checkpoint), Optional.empty());
    }

    /** Refuses a run that has nothing left to train, unless it was interrupted before it could save its model. */
    void requireUnfinished(TrainingConfig training, RunFolder run) {
        checkpoint.ifPresent(begun -> {
            requireSamePlace(begun, training);
            boolean beyond = begun.epoch() > training.epochs();
            if (beyond || (begun.epoch() == training.epochs() && run.isFinished())) {
                throw allTrained(folder, begun.epoch(), training);
            }
        });
    }

    /** A refusal of a run that has come to its end. */
    static UserException nothingLeft(Path folder, FinishedRun run, TrainingConfig training) {
        int epochs = run.epochs().size();
        return epochs == training.epochs()
                ? allTrained(folder, epochs, training)
                : refusal(
                        folder,
                        "it has come to its end after epoch " + epochs + ", with training.early-stopping.patience = "
                                + training.earlyStopping().patience(),
                        "Raise training.early-stopping.patience to train on");
    }

    private static UserException allTrained(Path folder, int epochs, TrainingConfig training) {
        return refusal(
                folder,
                "all its " + epochs + " epochs are trained, and training.epochs is " + training.epochs(),
                "Raise training.epochs to train on");
    }

    /** Refuses an end before the middle of an epoch: the model that would be left is no epoch's. */
    private void requireSamePlace(Checkpoint begun, TrainingConfig training) {
        if (begun.part().equals(PartOfEpoch.NONE)) {
            return;
        }
        EarlyStopping stopping = new EarlyStopping(training.earlyStopping());
        begun.metrics().forEach(stopping::epochEnded);
        if (begun.epoch() >= training.epochs()) {
            throw refusal(
                    "it has trained " + begun.place() + ", and training.epochs is " + training.epochs(),
                    "Raise training.epochs to train on");
        }
        if (stopping.isDue()) {
            throw refusal(
                    "it has trained " + begun.place() + ", and with training.early-stopping.patience = "
                            + training.earlyStopping().patience() + " it ends before",
                    "Raise training.early-stopping.patience to train on");
        }
    }

    /** Refuses another configuration, network or data than the run was begun with. */
    void requireSame(Origin now) {
        checkpoint
                .map(Checkpoint::origin)
                .or(() -> finished.map(FinishedRun::origin))
                .ifPresent(begun -> {
                    requireSameKeys(begun, now);
                    requireSameData(begun, now);
                    if (!begun.network().equals(now.network())) {
                        throw refusal(
                                "the definition of the network is another (SHA-256 " + now.network() + ", not "
                                        + begun.network() + ")",
                                "Resume with the version of sparkcnn that the run was begun with");
                    }
                });
    }

    private void requireSameKeys(Origin begun, Origin now) {
        TreeSet<String> keys = new TreeSet<>(begun.keys().keySet());
        keys.addAll(now.keys().keySet());
        for (String key : keys) {
            String before = begun.keys().getOrDefault(key, "absent");
            String after = now.keys().getOrDefault(key, "absent");
            if (!before.equals(after)) {
                throw refusal(key + " was " + before + " and is " + after, "Set it back");
            }
        }
    }

    private void requireSameData(Origin begun, Origin now) {
        int same = Math.min(begun.data().size(), now.data().size());
        for (int i = 0; i < same; i++) {
            DataFile before = begun.data().get(i);
            DataFile after = now.data().get(i);
            if (before.bytes() != after.bytes() || !before.md5().equals(after.md5())) {
                throw refusal(
                        "the data are others: " + after.path() + " has MD5 " + after.md5() + ", not the " + before.md5()
                                + " of " + before.path(),
                        "Set data.train and data.test to the files that the run was begun with");
            }
        }
        if (begun.data().size() != now.data().size() || begun.images() != now.images()) {
            throw refusal(
                    "the data are others: " + now.images() + " training images, and "
                            + now.data().size() + " files with the test set, not " + begun.images() + " and "
                            + begun.data().size(),
                    "Set data.train and data.test to the files that the run was begun with");
        }
    }

    private UserException refusal(String reason, String remedy) {
        return refusal(folder, reason, remedy);
    }

    private static UserException refusal(Path folder, String reason, String remedy) {
        return new UserException("resume " + folder, reason, remedy + ", or begin a new run in another --output");
    }

    /** The run that is left as it is. */
    Optional<FinishedRun> finished() {
        return finished;
    }

    /** Puts the checkpoint's numbers into the network. */
    void restore(Network network) {
        checkpoint.ifPresent(begun -> begun.network().applyTo(network));
    }

    /** What of the epoch behind those need not be trained. */
    PartOfEpoch part() {
        return checkpoint.map(Checkpoint::part).orElse(PartOfEpoch.NONE);
    }

    /** The metrics of the epochs that need not be trained. */
    List<EpochMetrics> epochs() {
        return checkpoint.map(Checkpoint::metrics).orElse(List.of());
    }
}
