package io.github.sparkcnn.train.listener;

import io.github.sparkcnn.io.Lease;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.track.EpochMetrics;

/** Before anything of an epoch is written: makes sure that the folder is still this run's alone. */
public record HeldListener(Lease lease) implements TrainingListener {

    @Override
    public void epochEnded(EpochMetrics metrics, Network network) {
        lease.requireHeld();
    }
}
