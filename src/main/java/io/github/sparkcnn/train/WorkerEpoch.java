package io.github.sparkcnn.train;

import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.track.WorkerDevice;
import io.github.sparkcnn.track.WorkerTimes;
import java.io.Serializable;
import java.util.Optional;

/**
 * What a worker brings back from an epoch.
 *
 * @param lossSum over the images of all workers, the same from each
 * @param images of all workers, the same from each
 * @param state of the averaged network, from rank 0 only
 */
record WorkerEpoch(int rank, double lossSum, long images, WorkerTimes times, WorkerDevice device, NetworkState state)
        implements Serializable {

    Optional<NetworkState> averaged() {
        return Optional.ofNullable(state);
    }
}
