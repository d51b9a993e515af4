package io.github.sparkcnn.kernel.torch.group;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.allreduce.Communicator;
import io.github.sparkcnn.allreduce.Contribution;
import io.github.sparkcnn.allreduce.Contributions;
import io.github.sparkcnn.allreduce.FloatVector;
import io.github.sparkcnn.kernel.Kernels;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How workers meet before NCCL begins, which there is none of here. */
class NcclTest {

    @BeforeAll
    static void wake() {
        Kernels.wake();
    }

    @Test
    void workersOfSeveralMachinesAreRefused() {
        assertThatThrownBy(() -> Nccl.over(new OnTwoMachines(), "cpu", Duration.ofSeconds(1)))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "Cannot average by NCCL: the workers are on several machines. Set device.averaging = ring.");
    }

    /** The second has another name of its machine than this one. */
    private static final class OnTwoMachines implements Communicator {

        @Override
        public int rank() {
            return 1; // the first would make the folder where they meet
        }

        @Override
        public int size() {
            return 2;
        }

        @Override
        public Averaging start(FloatVector vector, Contribution own) {
            Contribution other = new Contribution(0, own.values()[0] + 1, own.values()[1]);
            Contributions all = new Contributions(List.of(other, own));
            return () -> all;
        }

        @Override
        public void fail(String reason) {
            throw new AssertionError(reason);
        }

        @Override
        public void close() {
            // nothing held
        }
    }
}
