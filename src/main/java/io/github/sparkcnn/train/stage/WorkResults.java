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
 * @param seconds from when the order was given until everybody's report was in
 */
public record WorkResults(List<byte[]> reports, Optional<NetworkState> state, double seconds) {

    public WorkResults {
        reports = List.copyOf(reports);
    }

    /** Those of one attempt, as they come in. */
    static final class Gathering {
        private final byte[][] reports;
        private final long given;
        private Optional<NetworkState> state = Optional.empty();

        /** @param given when the order was, in nanoseconds of {@link System#nanoTime} */
        Gathering(int workers, long given) {
            this.reports = new byte[workers][];
            this.given = given;
        }

        void trained(NetworkState after) {
            state = Optional.of(after);
        }

        /** The same for another attempt, of which nothing is in. */
        Gathering anew() {
            return new Gathering(reports.length, given);
        }

        /** Empty until everybody's is in. */
        Optional<WorkResults> add(int rank, byte[] report) {
            reports[rank] = report;
            if (Arrays.stream(reports).anyMatch(there -> there == null)) {
                return Optional.empty();
            }
            return Optional.of(new WorkResults(Arrays.asList(reports), state, (System.nanoTime() - given) / 1e9));
        }
    }
}
