package io.github.sparkcnn.kernel.torch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.kernel.Engines;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.kernel.RandomBatch;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.network.architecture.Architectures;
import io.github.sparkcnn.network.optimizer.Adam;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.commons.lang3.ArrayUtils;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A state that is lent in parts is lent whole, and what is made of each comes back. */
class LentPartsTest {
    private static final int LARGEST = 1 << 20;

    private final List<String> events = new ArrayList<>();
    private float[] seen = {};
    private int parts;

    @BeforeAll
    static void wake() {
        Kernels.wake();
    }

    @Test
    void everyNumberIsLentOnceAndComesBackAsItWasLeft() {
        try (Replica replica = open()) {
            replica.step(RandomBatch.of(ImageShape.MNIST, 4), 1);
            float[] before = all(replica.read());
            assertThat(before).hasSizeBetween(LARGEST + 1, 2 * LARGEST);

            assertThat(replica.lendInParts(this::doubled)).isZero();

            assertThat(seen).isEqualTo(before);
            for (int i = 0; i < before.length; i++) {
                before[i] *= 2;
            }
            assertThat(all(replica.read())).isEqualTo(before);
            assertThat(events).containsExactly("begin 0", "await 0", "begin 1", "await 1");
        }
    }

    @Test
    void whatCarriesThePartsIsFreed() {
        try (Replica replica = open()) {
            replica.lendInParts(this::doubled);
            long before = Pointer.totalCount();
            replica.lendInParts(this::doubled);
            assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
        }
    }

    @Test
    void partsAreFewAndOfOneSize() {
        assertThat(Part.of(0, 4)).containsExactly(new Part(0, 0));
        assertThat(Part.of(4, 4)).containsExactly(new Part(0, 4));
        assertThat(Part.of(9, 4)).containsExactly(new Part(0, 3), new Part(3, 6), new Part(6, 9));
        assertThat(Part.of(10_000_000_000L, 1 << 20)).hasSize(9537);
    }

    /** Only when it is waited for does the work on a part change anything. */
    private Supplier<Integer> doubled(List<ByteBuffer> state) {
        FloatBuffer floats =
                state.get(0).duplicate().order(ByteOrder.nativeOrder()).asFloatBuffer();
        float[] part = new float[floats.remaining()];
        floats.duplicate().get(part);
        seen = ArrayUtils.addAll(seen, part);
        int number = parts++;
        events.add("begin " + number);
        return () -> {
            events.add("await " + number);
            for (int i = 0; i < part.length; i++) {
                floats.put(i, 2 * part[i]);
            }
            return number;
        };
    }

    private static float[] all(NetworkState state) {
        return ArrayUtils.addAll(state.parameters(), state.updater());
    }

    private static Replica open() {
        return Engines.open(
                Architectures.build("fashion-cnn", ImageShape.MNIST, 10, new Adam(0.001, 0), 1),
                ImageShape.MNIST,
                KernelOptions.defaults().withEngine(Engines.TORCH).withTraining());
    }
}
