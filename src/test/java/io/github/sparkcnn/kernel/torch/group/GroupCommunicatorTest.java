package io.github.sparkcnn.kernel.torch.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.sparkcnn.allreduce.Communicator;
import io.github.sparkcnn.allreduce.Contribution;
import io.github.sparkcnn.allreduce.Contributions;
import io.github.sparkcnn.allreduce.FloatVector;
import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.kernel.torch.tensor.Libtorch;
import io.github.sparkcnn.kernel.torch.tensor.TorchDevice;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.chrono.Milliseconds;
import org.bytedeco.pytorch.FileStore;
import org.bytedeco.pytorch.GlooDeviceVector;
import org.bytedeco.pytorch.ProcessGroupGloo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The arithmetic that NCCL would do, by libtorch's library for processors. */
class GroupCommunicatorTest {
    private static final int WORKERS = 3;
    private static final int FLOATS = 1001;

    @TempDir
    Path folder;

    private final ExecutorService threads = Executors.newFixedThreadPool(WORKERS);
    private final Contribution[] brought = new Contribution[WORKERS];
    private final CyclicBarrier barrier = new CyclicBarrier(WORKERS);

    @BeforeAll
    static void wake() {
        Kernels.wake();
        Libtorch.load("cpu");
    }

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void isTheWeightedMeanTheSameOnAll() throws Exception {
        List<float[]> vectors = random();
        List<float[]> means = average(vectors, 1, 2, 5);
        for (int i = 0; i < FLOATS; i++) {
            double expected = (vectors.get(0)[i] + 2.0 * vectors.get(1)[i] + 5.0 * vectors.get(2)[i]) / 8;
            assertThat((double) means.get(0)[i]).isCloseTo(expected, within(1e-6));
        }
        assertThat(means.get(1)).isEqualTo(means.get(0));
        assertThat(means.get(2)).isEqualTo(means.get(0));
    }

    @Test
    void aVectorWithoutAWeightMayHoldAnything() throws Exception {
        List<float[]> vectors = random();
        Arrays.fill(vectors.get(1), Float.NaN);
        List<float[]> means = average(vectors, 0, 0, 3);
        for (float[] mean : means) {
            assertThat(mean).isEqualTo(vectors.get(2));
        }
    }

    @Test
    void withoutAnyWeightAllStaysAsItIs() throws Exception {
        List<float[]> vectors = random();
        List<float[]> means = average(vectors, 0, 0, 0);
        for (int rank = 0; rank < WORKERS; rank++) {
            assertThat(means.get(rank)).isEqualTo(vectors.get(rank));
        }
    }

    @Test
    void aVectorOfTheJavaHeapIsRefused() {
        GroupCommunicator lone = new GroupCommunicator(Communicator.alone(), null, new TorchDevice("cpu"), () -> {});
        assertThatThrownBy(() -> lone.average(FloatVector.of(ByteBuffer.allocate(4)), new Contribution(1)))
                .hasMessage("a vector in the Java heap");
    }

    private static List<float[]> random() {
        Random random = new Random(5);
        List<float[]> vectors = new ArrayList<>();
        for (int rank = 0; rank < WORKERS; rank++) {
            float[] vector = new float[FLOATS];
            for (int i = 0; i < FLOATS; i++) {
                vector[i] = random.nextFloat() - 0.5f;
            }
            vectors.add(vector);
        }
        return vectors;
    }

    /** In two buffers each; values travel along. */
    private List<float[]> average(List<float[]> vectors, long... weights) throws Exception {
        List<Future<float[]>> futures = new ArrayList<>();
        for (int rank = 0; rank < WORKERS; rank++) {
            int own = rank;
            futures.add(threads.submit(() -> average(own, vectors.get(own), weights[own])));
        }
        List<float[]> means = new ArrayList<>();
        for (Future<float[]> future : futures) {
            means.add(future.get(60, TimeUnit.SECONDS));
        }
        return means;
    }

    private float[] average(int rank, float[] vector, long weight) {
        ByteBuffer first = ByteBuffer.allocateDirect(4 * Float.BYTES).order(ByteOrder.nativeOrder());
        ByteBuffer second =
                ByteBuffer.allocateDirect((FLOATS - 4) * Float.BYTES).order(ByteOrder.nativeOrder());
        first.asFloatBuffer().put(vector, 0, 4);
        second.asFloatBuffer().put(vector, 4, FLOATS - 4);
        ProcessGroupGloo.Options options = ProcessGroupGloo.Options.create(new Milliseconds(30_000));
        options.devices(new GlooDeviceVector(ProcessGroupGloo.createDeviceForHostname("127.0.0.1")));
        ProcessGroupGloo group = new ProcessGroupGloo(
                new FileStore(folder.resolve("store").toString(), WORKERS), rank, WORKERS, options);
        try (Communicator workers = new GroupCommunicator(new Others(rank), group, new TorchDevice("cpu"), () -> {})) {
            Contributions all = workers.average(FloatVector.of(first, second), new Contribution(weight, rank));
            assertThat(all.sum(0)).isEqualTo(3);
        }
        FloatBuffer mean = FloatBuffer.allocate(FLOATS);
        return mean.put(first.asFloatBuffer()).put(second.asFloatBuffer()).array();
    }

    /** Carries what travels along, and no vectors. */
    private final class Others implements Communicator {
        private final int rank;

        Others(int rank) {
            this.rank = rank;
        }

        @Override
        public int rank() {
            return rank;
        }

        @Override
        public int size() {
            return WORKERS;
        }

        @Override
        public Averaging start(FloatVector vector, Contribution own) {
            brought[rank] = own;
            try {
                barrier.await(30, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            Contributions all = new Contributions(Arrays.asList(brought.clone()));
            return () -> all;
        }

        @Override
        public void fail(String reason) {
            throw new IllegalStateException(reason);
        }

        @Override
        public void close() {
            // nothing held
        }
    }
}
