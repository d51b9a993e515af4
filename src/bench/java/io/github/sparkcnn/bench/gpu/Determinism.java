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
    private static final String NAME = "determinism";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(Bench bench, Consumer<Verdict> verdicts) {
        for (String network : bench.networks()) {
            for (Precision precision : bench.precisions()) {
                float[] once = train(bench, network, precision);
                float[] again = train(bench, network, precision);
                verdicts.accept(verdict(network + " in " + precision.word(), bench.steps(), once, again));
            }
        }
    }

    /** Whether both are the same numbers: what is no number equals itself here, and tells nothing. */
    static Verdict verdict(String subject, int steps, float[] once, float[] again) {
        boolean same = Arrays.equals(once, again);
        boolean finite = isFinite(once) && isFinite(again);
        String detail = !finite
                ? "parameters are not finite"
                : same ? "the same bits" : "parameters differ by " + Parity.difference(once, again);
        return Verdict.of(NAME, subject, same && finite, steps + " steps twice: " + detail);
    }

    private static boolean isFinite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
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
