package io.github.sparkcnn.train;

import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.model.ModelCard;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.track.EpochMetrics;

/** Keeps the model of the best epoch in the run's folder, where that is wanted, and puts it back after the last. */
final class BestModel {

    private final EarlyStopping stopping;
    private final RunFolder folder;
    private final boolean kept;
    private final boolean restored;

    /**
     * Nothing is kept yet.
     *
     * @param stopping knows which epoch was the best
     */
    BestModel(Configuration configuration, EarlyStopping stopping, RunFolder folder) {
        this.stopping = stopping;
        this.folder = folder;
        this.restored = configuration.training().earlyStopping().restoreBest();
        this.kept = restored || configuration.training().checkpoint().best();
    }

    /** Keeps the network if the epoch was the best so far. */
    void epochEnded(EpochMetrics ended, Network network, ModelCard card) {
        if (stopping.epochEnded(ended) && kept) {
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
