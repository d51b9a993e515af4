package io.github.sparkcnn.train.strategy;

import io.github.sparkcnn.eval.PartialEvaluation;
import io.github.sparkcnn.track.TrainedEpoch;
import io.github.sparkcnn.train.stage.TooFewSlotsException;
import java.util.Optional;
import java.util.function.IntSupplier;

/** Gives up its workers, who may have begun, as soon as there is no room for all: a lookout's moment would be chance. */
record ImpatientTrainer(Trainer patient, int workers, IntSupplier slots) implements Trainer {

    private void requireRoom() {
        if (slots.getAsInt() < workers) {
            throw new TooFewSlotsException(slots.getAsInt());
        }
    }

    @Override
    public boolean begin(Epoch epoch) {
        return patient.begin(epoch);
    }

    @Override
    public TrainedEpoch train(Epoch epoch, Watch watch) {
        requireRoom();
        return patient.train(epoch, watch);
    }

    @Override
    public Optional<PartialEvaluation> evaluate() {
        requireRoom();
        return patient.evaluate();
    }

    @Override
    public void refresh() {
        patient.refresh();
    }

    @Override
    public void close() {
        patient.close();
    }
}
