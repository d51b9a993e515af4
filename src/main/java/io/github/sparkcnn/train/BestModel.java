package io.github.sparkcnn.train;

import io.github.sparkcnn.config.TrainingConfig;
import io.github.sparkcnn.model.ModelCard;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.train.listener.TrainingListener;

/** Keeps the model of the best epoch, where that is wanted, and puts it back after the last. */
final class BestModel implements TrainingListener {

    private final EarlyStopping stopping;
    private final Place place;
    private final boolean kept;
    private final boolean restored;

    /** Where it is kept. */
    private interface Place {
        void keep(Network network);

        void restore(Network network);
    }

    private BestModel(TrainingConfig training, EarlyStopping stopping, Place place) {
        this.stopping = stopping;
        this.place = place;
        this.restored = training.earlyStopping().restoreBest();
        this.kept = restored || training.checkpoint().best();
    }

    /**
     * In a run's folder; nothing is kept yet.
     *
     * @param stopping knows which epoch was the best
     */
    static BestModel in(RunFolder folder, ModelCard card, TrainingConfig training, EarlyStopping stopping) {
        return new BestModel(training, stopping, new Place() {
            @Override
            public void keep(Network network) {
                folder.writeBest(network, card);
            }

            @Override
            public void restore(Network network) {
                folder.restoreBest(network);
            }
        });
    }

    /**
     * In the driver's memory; nothing is kept yet.
     *
     * @param stopping knows which epoch was the best
     */
    static BestModel inMemory(TrainingConfig training, EarlyStopping stopping) {
        return new BestModel(training, stopping, new Place() {
            private NetworkState best;

            @Override
            public void keep(Network network) {
                best = NetworkState.of(network);
            }

            @Override
            public void restore(Network network) {
                best.applyTo(network);
            }
        });
    }

    /** Keeps the network if the epoch was the best so far. */
    @Override
    public void epochEnded(EpochMetrics metrics, Network network) {
        if (kept && stopping.bestEpoch() == metrics.epoch()) {
            place.keep(network);
        }
    }

    /** Whether the model to leave behind is that of the best epoch, not that of the last. */
    boolean isRestored() {
        return restored;
    }

    /** Puts the best epoch's parameters and optimizer state into the network. */
    void restore(Network network) {
        place.restore(network);
    }

    /** The epoch whose model is left behind, counted from 1. */
    int epochLeft(int epochs) {
        return restored ? stopping.bestEpoch() : epochs;
    }
}
