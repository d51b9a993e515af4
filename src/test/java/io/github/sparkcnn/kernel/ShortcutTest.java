package io.github.sparkcnn.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.kernel.onednn.PartialReplicas;
import io.github.sparkcnn.kernel.step.Shortcut;
import io.github.sparkcnn.network.Network;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Training with all shortcuts against training without one of them: the same losses, and parameters that differ by less than a
 * hundredth of the way they went (Adam makes full steps of gradients that are nothing but rounding).
 */
class ShortcutTest {

    private static final KernelOptions OPTIONS = KernelOptions.defaults().withEngine(Engines.ONEDNN);

    @BeforeAll
    static void wake() {
        Kernels.wake();
    }

    @ParameterizedTest
    @EnumSource
    void changesNoNumber(Shortcut shortcut) {
        for (String name : List.of("fashion-cnn", "all-convolutional", "batch-norm-cnn")) {
            assertSameTraining(name, EnumSet.complementOf(EnumSet.of(shortcut)));
            assertSameTraining(name, EnumSet.noneOf(Shortcut.class));
        }
    }

    private static void assertSameTraining(String name, Set<Shortcut> taken) {
        MultiLayerNetwork shorter = TestNetworks.named(name, 0.7);
        MultiLayerNetwork longer = shorter.clone();
        INDArray start = shorter.params().dup();
        // Dropout too: the masks are drawn from the seed of the step and must not depend on what is fused.
        try (Replica one = Engines.open(Network.of(shorter), ImageShape.MNIST, OPTIONS);
                Replica other = PartialReplicas.open(Network.of(longer), ImageShape.MNIST, OPTIONS, taken)) {
            for (int step = 0; step < 3; step++) {
                assertThat(other.step(FormulaNetwork.batch(32), step))
                        .as("%s, step %d, %s", name, step, taken)
                        .isCloseTo(one.step(FormulaNetwork.batch(32), step), within(1e-5));
            }
        }
        assertThat(longer.params().distance2(shorter.params()))
                .as("%s, %s", name, taken)
                .isLessThan(0.01 * shorter.params().distance2(start));
    }
}
