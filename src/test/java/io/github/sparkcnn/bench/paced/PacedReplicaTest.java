package io.github.sparkcnn.bench.paced;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.bench.Images;
import io.github.sparkcnn.bench.Networks;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PacedReplicaTest {

    private final Network network = Networks.named("all-convolutional");
    private final List<Long> slept = new ArrayList<>();

    private PacedReplica replica(int floats) {
        return new PacedReplica(network, slept::add, new Pace(100, 1000, floats), Account.opened(3), Kernels.wake());
    }

    @Test
    void takesAsLongAsItIsToldAndComputesNothing() {
        float[] before = NetworkState.of(network).parameters();
        PacedReplica replica = replica(Integer.MAX_VALUE);
        Minibatch batch = Images.inMemory(ImageShape.MNIST, 128);
        float[] probabilities = new float[256 * Networks.CLASSES];

        assertThat(replica.step(batch, 1)).isEqualTo(PacedReplica.LOSS);
        replica.step(batch, 2);
        replica.predict(batch.features(), 100, probabilities);

        assertThat(slept).containsExactly(1_280_000_000L, 1_280_000_000L, 100_000_000L);
        assertThat(replica.read().parameters()).isEqualTo(before);
        assertThat(replica.read().iteration()).isEqualTo(2);
        assertThat(probabilities[999]).isEqualTo(0.1f);
        assertThat(probabilities[1000]).isZero();
        assertThat(Account.close()).containsOnly(Map.entry(3, new Work(2, 0, 1)));
    }

    /** What is written into what is lent is the state's, and no more is lent than is averaged. */
    @Test
    void lendsTheFirstFloats() {
        PacedReplica replica = replica(5);

        int bytes = replica.lend(state -> {
            state.get(0).putFloat(4 * Float.BYTES, 7);
            return state.stream().mapToInt(ByteBuffer::remaining).sum();
        });

        assertThat(bytes).isEqualTo(20);
        assertThat(NetworkState.of(network).parameters()[4]).isEqualTo(7);
        assertThat(Account.close().get(3).averagings()).isEqualTo(1);
    }

    @Test
    void lendsAllWhereAllIsAveraged() {
        NetworkState all = NetworkState.of(network);

        int bytes = replica(Integer.MAX_VALUE)
                .lend(state -> state.stream().mapToInt(ByteBuffer::remaining).sum());

        assertThat(bytes).isEqualTo(Float.BYTES * (all.parameters().length + all.updater().length));
    }
}
