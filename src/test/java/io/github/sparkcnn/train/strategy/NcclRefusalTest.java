package io.github.sparkcnn.train.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.allreduce.Communicator;
import io.github.sparkcnn.allreduce.Contribution;
import io.github.sparkcnn.allreduce.FloatVector;
import io.github.sparkcnn.config.DeviceConfig;
import io.github.sparkcnn.device.Device;
import io.github.sparkcnn.device.DeviceAssignment.Assigned;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.kernel.CudaBinding;
import io.github.sparkcnn.kernel.KernelOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where NCCL cannot average, a worker says so before it loads anything, to the others too. */
class NcclRefusalTest {

    private final Told workers = new Told();

    @AfterEach
    void unbind() {
        System.clearProperty("sparkcnn.cuda.ordinal");
        System.clearProperty("sparkcnn.cuda.device");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "auto | 0, MIG-c, NVIDIA A100 MIG 1g.5gb, 8.0, 580.95.05 | MIG-c of GPU 0 (NVIDIA A100 MIG 1g.5gb, compute"
                        + " capability 8.0, driver 580.95) is a slice that MIG has cut",
                "auto | 0, GPU-v, Tesla V100, 7.0, 470.57.02 | on GPU 0 (Tesla V100, compute capability 7.0, driver 470.57)"
                        + " ND4J computes, and NCCL is called by libtorch",
                "dl4j | 0, GPU-a, NVIDIA A100, 8.0, 580.95.05 | on GPU 0 (NVIDIA A100, compute capability 8.0, driver"
                        + " 580.95) ND4J computes, and NCCL is called by libtorch"
            })
    void isToldToAllWorkers(String engine, String gpu, String reason) {
        new CudaBinding().bind(new Assigned(0, Device.parse(gpu)));

        assertThatThrownBy(() -> job(engine, DeviceConfig.Averaging.NCCL).averaging(workers))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot average by NCCL: " + reason + ". Set device.averaging = ring.");
        assertThat(workers.reasons).singleElement().asString().contains(reason);
    }

    @Test
    void theRingIsOnAnyGpu() {
        assertThat(job("auto", DeviceConfig.Averaging.RING).averaging(workers)).isSameAs(workers);
        assertThat(workers.reasons).isEmpty();
    }

    private static AllReduceWorker.Job job(String engine, DeviceConfig.Averaging averaging) {
        KernelOptions kernels = KernelOptions.defaults().withEngine(engine);
        return new AllReduceWorker.Job(
                new KeptReplica.Recipe("run", null, ImageShape.MNIST, kernels),
                null,
                null,
                0,
                1,
                1,
                Duration.ofSeconds(1),
                null,
                averaging);
    }

    /** One of two, who hears why it fails. */
    private static final class Told implements Communicator {
        private final List<String> reasons = new ArrayList<>();

        @Override
        public int rank() {
            return 0;
        }

        @Override
        public int size() {
            return 2;
        }

        @Override
        public Averaging start(FloatVector vector, Contribution own) {
            throw new AssertionError("NCCL was begun");
        }

        @Override
        public void fail(String reason) {
            reasons.add(reason);
        }

        @Override
        public void close() {
            // nothing held
        }
    }
}
