package io.github.sparkcnn.train;

import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.train.strategy.DivergedException;
import java.util.ArrayList;
import java.util.List;

/** The epochs that came to a good end, and the state after the last of them, which a run that diverges falls back on. */
final class GoodEpochs {

    private final List<EpochMetrics> metrics;
    private NetworkState state;

    /**
     * Before the first epoch, or behind those that need not be trained.
     *
     * @param network as they left it
     */
    GoodEpochs(List<EpochMetrics> before, Network network) {
        this.metrics = new ArrayList<>(before);
        this.state = NetworkState.of(network);
    }

    /**
     * Adds an epoch that left its result in the network.
     *
     * @throws DivergedException if that has a number that is none
     */
    void add(EpochMetrics ended, Network network) {
        NetworkState after = NetworkState.of(network);
        if (!after.isFinite()) {
            throw new DivergedException("a parameter is no longer a number");
        }
        state = after;
        metrics.add(ended);
    }

    int count() {
        return metrics.size();
    }

    List<EpochMetrics> metrics() {
        return List.copyOf(metrics);
    }

    /** Puts the state after the last good epoch into the network. */
    void restore(Network network) {
        state.applyTo(network);
    }
}
