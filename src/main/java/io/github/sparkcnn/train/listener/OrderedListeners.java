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
import org.apache.commons.lang3.exception.ExceptionUtils;

/** Several listeners as one: each hears everything, one after another, in their order. */
public record OrderedListeners(List<TrainingListener> inOrder) implements TrainingListener {

    public OrderedListeners {
        inOrder = List.copyOf(inOrder);
    }

    @Override
    public void started(Map<String, Object> settings) {
        inOrder.forEach(listener -> listener.started(settings));
    }

    @Override
    public void resumed(List<EpochMetrics> before, List<StepMetrics> steps) {
        inOrder.forEach(listener -> listener.resumed(before, steps));
    }

    @Override
    public void begun(List<DataFile> data) {
        inOrder.forEach(listener -> listener.begun(data));
    }

    @Override
    public void noticed(String notice) {
        inOrder.forEach(listener -> listener.noticed(notice));
    }

    @Override
    public void progressed(int epoch, EpochProgress seen, long ofImages) {
        inOrder.forEach(listener -> listener.progressed(epoch, seen, ofImages));
    }

    @Override
    public void epochTrained(TrainedEpoch trained, double seconds) {
        inOrder.forEach(listener -> listener.epochTrained(trained, seconds));
    }

    @Override
    public void stepsTrained(List<StepMetrics> steps) {
        inOrder.forEach(listener -> listener.stepsTrained(steps));
    }

    @Override
    public void epochEnded(EpochMetrics metrics, Network network) {
        inOrder.forEach(listener -> listener.epochEnded(metrics, network));
    }

    @Override
    public void evaluated(int epoch, PackedImages samples, Evaluation evaluation) {
        inOrder.forEach(listener -> listener.evaluated(epoch, samples, evaluation));
    }

    @Override
    public void succeeded() {
        inOrder.forEach(TrainingListener::succeeded);
    }

    /** Each hears of it, also where one before has failed: it may have something open. */
    @Override
    public void ended() {
        Throwable first = null;
        for (TrainingListener listener : inOrder) {
            try {
                listener.ended();
            } catch (RuntimeException | Error e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            ExceptionUtils.rethrow(first);
        }
    }
}
