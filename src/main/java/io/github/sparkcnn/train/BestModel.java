package io.github.sparkcnn.train;

import io.github.sparkcnn.config.TrainingConfig;
import io.github.sparkcnn.model.ModelCard;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.train.listener.TrainingListener;

/** Keeps the model of the best epoch in the run's folder, where that is wanted, and puts it back after the last. */
final class BestModel implements TrainingListener {

    private final EarlyStopping stopping;
    private final RunFolder folder;
    private final ModelCard card;
    private final boolean kept;
    private final boolean restored;

    /**
     * Nothing is kept yet.
     *
     * @param stopping knows which epoch was the best
     */
    BestModel(TrainingConfig training, EarlyStopping stopping, RunFolder folder, ModelCard card) {
        this.stopping = stopping;
        this.folder = folder;
        this.card = card;
        this.restored = training.earlyStopping().restoreBest();
        this.kept = restored || training.checkpoint().best();
    }

    /** Keeps the network if the epoch was the best so far. */
    @Override
    public void epochEnded(EpochMetrics metrics, Network network) {
        if (kept && stopping.bestEpoch() == metrics.epoch()) {
            folder.writeBest(network, card);
        }
    }

    /** Whether the run's model is that of the best epoch, not that of the last. */
    boolean isRestored() {
        return restored;
    }

    /** Puts the best epoch's parameters and optimizer state into the network. */
    void restore(Network network) {
        folder.restoreBest(network);
    }

    /** The epoch whose model the run leaves behind, counted from 1. */
    int epochLeft(int epochs) {
        return restored ? stopping.bestEpoch() : epochs;
    }
}
