package io.github.sparkcnn.train.strategy;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.ElasticWorkers;
import io.github.sparkcnn.eval.PartialEvaluation;
import io.github.sparkcnn.track.TrainedEpoch;
import io.github.sparkcnn.train.stage.SlotLookout;
import io.github.sparkcnn.train.stage.TooFewSlotsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.IntSupplier;

/**
 * Trains with as many workers as there is room for, within bounds: before an epoch it takes those that have come, and where some are
 * gone and nobody comes for them, it begins the epoch again with those that are left. The images are dealt anew each time; parameters and
 * optimizer go on as they are.
 */
final class ElasticTrainer implements Trainer {

    private final ElasticWorkers range;
    private final IntSupplier slots;
    private final BiFunction<DealtImages, Runnable, Trainer> open;
    private final List<String> notices = new ArrayList<>();
    private DealtImages images;
    private Trainer trainer;
    private boolean begun;
    /** Who heard of the last epoch. */
    private Optional<Watch> told = Optional.empty();

    /**
     * Begins with the workers that the images are dealt to.
     *
     * @param slots tasks that the cluster can run at once, at this moment
     * @param open makes the trainer of images that are dealt; it has to look out for what is thrown while it waits
     */
    ElasticTrainer(
            ElasticWorkers range,
            IntSupplier slots,
            DealtImages images,
            BiFunction<DealtImages, Runnable, Trainer> open) {
        this.range = range;
        this.slots = slots;
        this.images = images;
        this.open = open;
        this.trainer = openTrainer();
    }

    /** Not where others have come: the epoch before is kept before the images move. */
    @Override
    public boolean begin(Epoch epoch) {
        begun = !haveCome() && trainer.begin(epoch);
        return begun;
    }

    @Override
    public TrainedEpoch train(Epoch epoch, Watch watch) {
        if (!begun) {
            takeThoseWhoHaveCome(epoch);
        }
        begun = false;
        told = Optional.of(watch);
        List<String> losses = new ArrayList<>();
        while (true) {
            tell(watch);
            try {
                return trainer.train(epoch, watch).after(losses);
            } catch (TooFewSlotsException e) {
                losses.add(losing(e));
                goOnWithout(e);
            }
        }
    }

    @Override
    public Optional<PartialEvaluation> evaluate() {
        while (true) {
            try {
                return trainer.evaluate();
            } catch (TooFewSlotsException e) {
                notices.add("Going on without " + losing(e));
                told.ifPresent(this::tell);
                goOnWithout(e);
            }
        }
    }

    private void tell(Watch watch) {
        notices.forEach(watch::noticed);
        notices.clear();
    }

    private String losing(TooFewSlotsException e) {
        int gone = images.workers() - Math.max(range.min(), e.slots());
        return (gone == 1 ? "1 worker" : gone + " workers") + " of " + images.workers() + ": " + e.getMessage();
    }

    private boolean haveCome() {
        return range.of(slots.getAsInt()) > images.workers();
    }

    private void takeThoseWhoHaveCome(Epoch epoch) {
        int found = slots.getAsInt();
        int workers = range.of(found);
        if (workers > images.workers()) {
            notices.add("Workers: " + workers + " instead of " + images.workers() + " from epoch "
                    + (epoch.number() + 1) + " on, as the cluster has " + found + " slots");
            change(workers);
        }
    }

    private void goOnWithout(TooFewSlotsException e) {
        if (e.slots() < range.min()) {
            throw new UserException(
                    "go on training with " + (e.slots() == 1 ? "1 worker" : e.slots() + " workers"),
                    e.getMessage() + " since " + range.patience().toSeconds() + " s, and training.workers.min is "
                            + range.min(),
                    "Lower training.workers.min or give the application more executors; --resume goes on from the last"
                            + " checkpoint");
        }
        change(range.of(e.slots()));
    }

    private void change(int workers) {
        trainer.close();
        images = images.again().apply(workers);
        trainer = openTrainer();
    }

    private Trainer openTrainer() {
        return open.apply(images, new SlotLookout(images.workers(), range.patience(), slots, System::nanoTime));
    }

    @Override
    public void refresh() {
        trainer.refresh();
    }

    @Override
    public void close() {
        trainer.close();
    }
}
