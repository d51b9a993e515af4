package io.github.sparkcnn.bench.gpu;

import io.github.sparkcnn.bench.Images;
import io.github.sparkcnn.bench.Networks;
import io.github.sparkcnn.config.DeviceConfig.Precision;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.kernel.Replica;
import java.util.Arrays;
import java.util.function.Consumer;

/** The same steps again give the same bits, in each precision. */
final class Determinism implements Check {

    @Override
    public String name() {
        return "determinism";
    }

    @Override
    public void run(Bench bench, Consumer<Verdict> verdicts) {
        for (String network : bench.networks()) {
            for (Precision precision : bench.precisions()) {
                float[] once = train(bench, network, precision);
                float[] again = train(bench, network, precision);
                verdicts.accept(Verdict.of(
                        name(),
                        network + " in " + precision.word(),
                        Arrays.equals(once, again),
                        bench.steps() + " steps twice: "
                                + (Arrays.equals(once, again)
                                        ? "the same bits"
                                        : "parameters differ by " + Parity.difference(once, again))));
            }
        }
    }

    private static float[] train(Bench bench, String network, Precision precision) {
        Minibatch batch = Images.inMemory(ImageShape.MNIST, bench.batch());
        try (Replica replica = bench.open(Networks.named(network), precision)) {
            for (int step = 0; step < bench.steps(); step++) {
                replica.step(batch, step);
            }
            return replica.read().parameters();
        }
    }
}
