package io.github.sparkcnn.train;

import io.github.sparkcnn.eval.EvaluationReport;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.EpochProgress;
import io.github.sparkcnn.track.LossPoint;
import io.github.sparkcnn.track.PartOfEpoch;
import io.github.sparkcnn.track.Phases;
import io.github.sparkcnn.track.StepMetrics;
import io.github.sparkcnn.track.TrainedEpoch;
import io.github.sparkcnn.train.listener.TrainingListener;
import io.github.sparkcnn.train.strategy.Trainer;
import java.util.List;
import java.util.Optional;

/**
 * Epoch after epoch, until the last one or until the stopping rule says that it is enough. What the next is like follows from the
 * evaluation of the one before; as soon as that is known the workers train it, while the driver writes and tells.
 *
 * @param network of the driver, which the trainer leaves every epoch's result in
 * @param images in the training set
 * @param keepers keep what has to outlive the run, before anybody is told
 * @param listeners are told
 */
record EpochLoop(
        Network network,
        long images,
        Trainer trainer,
        Evaluator evaluator,
        LearningRateCourse rates,
        EarlyStopping stopping,
        Keepers keepers,
        TrainingListener listeners,
        Phases phases) {

    /** @param steps points of the loss, if any are kept */
    private record Ended(EpochMetrics metrics, List<StepMetrics> steps) {}

    /**
     * Goes on behind the epochs that are done.
     *
     * @throws io.github.sparkcnn.train.strategy.DivergedException from an epoch that is then not among them
     */
    void run(GoodEpochs done, int epochs) {
        done.metrics().forEach(this::follow);
        boolean begun = false;
        for (int epoch = done.count(); goesOn(epoch, epochs); epoch++) {
            if (!begun) {
                phases.startEpoch();
            }
            Ended ended = trainAndEvaluate(epoch, done.part());
            done.add(ended.metrics(), network);
            follow(ended.metrics());
            keepers.permission().run();
            begun = goesOn(epoch + 1, epochs) && trainer.begin(toTrain(epoch + 1, done.part()));
            if (begun) {
                phases.endEpoch();
                phases.startEpoch();
                phases.time("train", () -> keepAndTell(ended, "train."));
            } else {
                keepAndTell(ended, "");
                phases.endEpoch();
            }
        }
        if (stopping.isDue()) {
            listeners.noticed(stopping.toString());
        }
    }

    private boolean goesOn(int epoch, int epochs) {
        return epoch < epochs && !stopping.isDue();
    }

    /** @param during the phase that this is a part of, if it is one */
    private void keepAndTell(Ended ended, String during) {
        phases.time(during + "save", () -> tell(keepers.writers(), ended));
        phases.time(during + "tell", () -> {
            tell(listeners, ended);
            evaluator.tell(listeners, ended.metrics().epoch());
        });
    }

    private void tell(TrainingListener listener, Ended ended) {
        if (!ended.steps().isEmpty()) {
            listener.stepsTrained(ended.steps());
        }
        listener.epochEnded(ended.metrics(), network);
    }

    /** What the next epochs are like, and whether there are any, follows from those before. */
    private void follow(EpochMetrics ended) {
        rates.epochEnded(ended);
        stopping.epochEnded(ended);
    }

    private Trainer.Epoch toTrain(int epoch, PartOfEpoch before) {
        return new Trainer.Epoch(epoch, rates.of(epoch), before);
    }

    private Trainer.Watch watch(int epoch, PartOfEpoch before) {
        return new Trainer.Watch() {
            /** Minibatches of the newest part that is kept: an epoch that is repeated comes by the same states again. */
            private int kept = before.minibatches();

            @Override
            public void noticed(String text) {
                listeners.noticed(text);
            }

            @Override
            public void progressed(EpochProgress seen) {
                listeners.progressed(epoch, seen, images);
            }

            @Override
            public void partTrained(PartOfEpoch part, NetworkState state) {
                if (part.minibatches() <= kept || !state.isFinite()) {
                    return;
                }
                phases.time("train.save", () -> {
                    keepers.permission().run();
                    keepers.parts().accept(part, state);
                });
                kept = part.minibatches();
            }
        };
    }

    private Ended trainAndEvaluate(int epoch, PartOfEpoch before) {
        TrainedEpoch trained = phases.time("train", () -> trainer.train(toTrain(epoch, before), watch(epoch, before)));
        trained.failures().forEach(reason -> listeners.noticed("Epoch " + (epoch + 1) + " was repeated: " + reason));
        listeners.epochTrained(trained, trained.seconds());
        List<StepMetrics> steps = steps(epoch, trained.curve());
        long start = System.nanoTime();
        Optional<EvaluationReport> evaluated = phases.time("evaluate", evaluator::evaluate);
        EpochMetrics metrics = new EpochMetrics(
                epoch + 1,
                trained.mean(),
                evaluated.map(EvaluationReport::loss).orElse(null),
                evaluated.map(EvaluationReport::accuracy).orElse(null),
                rates.atEndOf(epoch),
                trained.images(),
                trained.seconds() + secondsSince(start),
                trained.images() / trained.seconds(),
                trained.workers().isEmpty() ? null : trained.workers().size());
        return new Ended(metrics, steps);
    }

    /** Of an epoch that has just left its result in the network, which counts steps over all epochs. */
    private List<StepMetrics> steps(int epoch, List<LossPoint> curve) {
        int steps = curve.isEmpty() ? 0 : curve.get(curve.size() - 1).minibatches();
        return StepMetrics.of(epoch + 1, curve, network.iteration() - steps, i -> rates.at(epoch, i, steps));
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
