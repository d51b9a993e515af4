package io.github.sparkcnn.train.listener;

import io.github.sparkcnn.eval.Evaluation;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.io.DataFile;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.EpochProgress;
import io.github.sparkcnn.track.StepMetrics;
import io.github.sparkcnn.track.TrainedEpoch;
import java.util.List;
import java.util.Map;

/**
 * Hears what happens in a training run, in the driver. With {@code all-reduce} the workers have their slots meanwhile: where there are
 * no others, a Spark job that a listener waits for gets theirs when they have trained the epoch that they are in, and they come back
 * when it has ended.
 */
public interface TrainingListener {

    /** The network to start from is found; every key with the value in force, dots between the groups. */
    default void started(Map<String, Object> settings) {}

    /**
     * The images are read, the network is built and the folder is the run's alone: the first epoch comes next, unless there is none left.
     *
     * @param data the files that were read
     */
    default void begun(List<DataFile> data) {}

    /**
     * The run goes on behind these epochs, of which there is at least one, and which are not heard of again.
     *
     * @param steps the points of the loss within them, as far as they were kept
     */
    default void resumed(List<EpochMetrics> before, List<StepMetrics> steps) {}

    /** Something that the user must be told: the backend in use, dropped rows. */
    default void noticed(String notice) {}

    /**
     * How far the epoch is, of how many images; called about once a minibatch. With {@code all-reduce} all workers wait
     * for it meanwhile: it must not block, and a Spark job that it waits for gets no slots.
     */
    default void progressed(int epoch, EpochProgress seen, long ofImages) {}

    /** An epoch was trained, in so many seconds, and is not yet evaluated. */
    default void epochTrained(TrainedEpoch trained, double seconds) {}

    /** How the loss went within the epoch that {@link #epochEnded} tells of next; not called where no points are kept. */
    default void stepsTrained(List<StepMetrics> steps) {}

    /** An epoch was trained and evaluated; the network stays what it is while listeners hear of it, though workers may train the next. */
    default void epochEnded(EpochMetrics metrics, Network network) {}

    /**
     * What the evaluation after an epoch came to, image by image; called after {@link #epochEnded}.
     *
     * @param samples the test images that {@code tracking.explain} has chosen, else the first
     */
    default void evaluated(int epoch, PackedImages samples, Evaluation evaluation) {}

    /** The run has come to its end, and has left all that it leaves. */
    default void succeeded() {}

    /** The run is over, come to its end or failed: nothing more will be heard. */
    default void ended() {}
}
