package io.github.sparkcnn.train.stage;

import io.github.sparkcnn.network.NetworkState;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What all workers brought of an order.
 *
 * @param reports by rank
 * @param state that training came to
 */
public record WorkResults(List<byte[]> reports, Optional<NetworkState> state) {

    public WorkResults {
        reports = List.copyOf(reports);
    }

    /** Those of one attempt, as they come in. */
    static final class Gathering {
        private final byte[][] reports;
        private Optional<NetworkState> state = Optional.empty();

        Gathering(int workers) {
            reports = new byte[workers][];
        }

        void trained(NetworkState after) {
            state = Optional.of(after);
        }

        /** Empty until everybody's is in. */
        Optional<WorkResults> add(int rank, byte[] report) {
            reports[rank] = report;
            return Arrays.stream(reports).allMatch(there -> there != null)
                    ? Optional.of(new WorkResults(Arrays.asList(reports), state))
                    : Optional.empty();
        }
    }
}
