package io.github.sparkcnn.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.image.Minibatch;

/** What every engine has to keep of parameters where layers multiply in bf16. */
public final class MasterWeights {

    private MasterWeights() {}

    /**
     * Steps that a parameter of 16 bits would not feel add up; not of those behind a ReLU that no image opens.
     *
     * @param scale of the learning rate, by which a step is 1e-6 at most
     */
    public static void assertKeep32Bits(Replica replica, Minibatch batch, double scale) {
        float[] start = replica.read().parameters();
        replica.scaleLearningRates(scale);
        replica.step(batch, 0);
        replica.step(batch, 1);
        float[] stepped = replica.read().parameters();
        int moved = 0;
        for (int i = 0; i < start.length; i++) {
            assertThat(Math.abs(stepped[i] - start[i])).isLessThan(3e-6f);
            moved += stepped[i] == start[i] ? 0 : 1;
        }
        assertThat(moved).isGreaterThan(start.length / 4);
        assertThat(replica.backend().notes()).containsExactly("products in bf16");
    }
}
