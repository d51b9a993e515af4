package io.github.sparkcnn.train;

import io.github.sparkcnn.eval.EvaluationReport;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.Phases;
import io.github.sparkcnn.track.TrainedEpoch;
import io.github.sparkcnn.train.listener.TrainingListener;
import io.github.sparkcnn.train.strategy.Trainer;
import java.util.Optional;

/**
 * Epoch after epoch, until the last one or until the stopping rule says that it is enough.
 *
 * @param network of the driver, which the trainer leaves every epoch's result in
 * @param images in the training set
 * @param keepers write what has to outlive the run, before anybody is told
 * @param listeners are told
 */
record EpochLoop(
        Network network,
        long images,
        Trainer trainer,
        Evaluator evaluator,
        LearningRateCourse rates,
        EarlyStopping stopping,
        TrainingListener keepers,
        TrainingListener listeners,
        Phases phases) {

    /**
     * Goes on behind the epochs that are done.
     *
     * @throws io.github.sparkcnn.train.strategy.DivergedException from an epoch that is then not among them
     */
    void run(GoodEpochs done, int epochs) {
        done.metrics().forEach(this::follow);
        for (int epoch = done.count(); epoch < epochs && !stopping.isDue(); epoch++) {
            phases.startEpoch();
            EpochMetrics ended = trainAndEvaluate(epoch);
            done.add(ended, network);
            follow(ended);
            phases.time("save", () -> keepers.epochEnded(ended, network));
            phases.time("tell", () -> {
                listeners.epochEnded(ended, network);
                evaluator.tell(listeners, ended.epoch());
            });
            phases.endEpoch();
        }
        if (stopping.isDue()) {
            listeners.noticed(stopping.toString());
        }
    }

    /** What the next epochs are like, and whether there are any, follows from those before. */
    private void follow(EpochMetrics ended) {
        rates.epochEnded(ended);
        stopping.epochEnded(ended);
    }

    private EpochMetrics trainAndEvaluate(int epoch) {
        long start = System.nanoTime();
        TrainedEpoch trained = phases.time(
                "train",
                () -> trainer.train(epoch, rates.of(epoch), seen -> listeners.progressed(epoch, seen, images)));
        double trainSeconds = secondsSince(start);
        trained.failures().forEach(reason -> listeners.noticed("Epoch " + (epoch + 1) + " was repeated: " + reason));
        listeners.epochTrained(trained, trainSeconds);
        Optional<EvaluationReport> evaluated = phases.time("evaluate", evaluator::evaluate);
        return new EpochMetrics(
                epoch + 1,
                trained.mean(),
                evaluated.map(EvaluationReport::loss).orElse(null),
                evaluated.map(EvaluationReport::accuracy).orElse(null),
                rates.atEndOf(epoch),
                trained.images(),
                secondsSince(start),
                trained.images() / trainSeconds);
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
