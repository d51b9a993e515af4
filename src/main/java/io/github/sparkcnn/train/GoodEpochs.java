package io.github.sparkcnn.train;

import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.PartOfEpoch;
import io.github.sparkcnn.train.strategy.DivergedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The epochs that came to a good end, with the part of the next that was trained before, and the state after them, which a run that
 * diverges falls back on.
 */
final class GoodEpochs {

    private final List<EpochMetrics> metrics;
    private NetworkState state;
    private PartOfEpoch part;

    /**
     * Before the first epoch, or behind those that need not be trained.
     *
     * @param part what is trained of the next
     * @param network as they left it
     */
    GoodEpochs(List<EpochMetrics> before, PartOfEpoch part, Network network) {
        this.metrics = new ArrayList<>(before);
        this.part = part;
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
        part = PartOfEpoch.NONE;
        metrics.add(ended);
    }

    int count() {
        return metrics.size();
    }

    List<EpochMetrics> metrics() {
        return List.copyOf(metrics);
    }

    /** What of the next epoch need not be trained. */
    PartOfEpoch part() {
        return part;
    }

    /** What the state comes from, for messages; empty where nothing was trained. */
    Optional<String> title() {
        List<String> trained = new ArrayList<>();
        if (count() > 0) {
            trained.add("epoch " + count());
        }
        if (!part.equals(PartOfEpoch.NONE)) {
            trained.add(part.of(count() + 1));
        }
        return trained.isEmpty() ? Optional.empty() : Optional.of(String.join(" and ", trained));
    }

    /** Puts that state into the network. */
    void restore(Network network) {
        state.applyTo(network);
    }
}
