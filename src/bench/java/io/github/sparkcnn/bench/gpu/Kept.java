package io.github.sparkcnn.bench.gpu;

import io.github.sparkcnn.bench.Images;
import io.github.sparkcnn.bench.Networks;
import io.github.sparkcnn.config.DeviceConfig.Precision;
import io.github.sparkcnn.data.minibatch.Minibatches;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.kernel.KeptImages;
import io.github.sparkcnn.kernel.Replica;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/** Steps of images that lie on the device, flipped and shifted there, are those of the same images given, to the digit. */
final class Kept implements Check {
    private static final String NAME = "kept";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void run(Bench bench, Consumer<Verdict> verdicts) {
        for (String network : bench.networks()) {
            for (Precision precision : bench.precisions()) {
                verdicts.accept(verdict(bench, network, precision));
            }
        }
    }

    private static Verdict verdict(Bench bench, String network, Precision precision) {
        String subject = network + " in " + precision.word();
        Minibatches minibatches = Images.moved(ImageShape.MNIST, bench.batch());
        try (Replica given = bench.open(Networks.named(network), precision);
                Replica keeping = bench.open(Networks.named(network), precision)) {
            Optional<KeptImages> kept = bench.keep(keeping, minibatches);
            if (kept.isEmpty()) {
                return Verdict.of(NAME, subject, false, "not kept: " + keeping.backend());
            }
            int steps = Math.max(bench.steps(), minibatches.count());
            double off = 0;
            try (KeptImages images = kept.get()) {
                for (int step = 0; step < steps; step++) {
                    int minibatch = step % minibatches.count();
                    if (minibatch == 0) {
                        minibatches.startEpoch(step, 0);
                    }
                    double wanted = given.step(minibatches.get(minibatch), step);
                    off = Math.max(off, Math.abs(images.step(minibatches.chosen(minibatch), step) - wanted));
                }
            }
            return verdict(
                    subject,
                    String.format(
                            Locale.ROOT,
                            "%d steps of %.2f MB on the device",
                            steps,
                            minibatches.images().size() * ImageShape.MNIST.size() / 1e6),
                    off,
                    given.read().parameters(),
                    keeping.read().parameters());
        }
    }

    /** @param off of the losses, the largest difference */
    static Verdict verdict(String subject, String what, double off, float[] given, float[] kept) {
        double parameters = Parity.difference(given, kept);
        boolean same = off == 0 && parameters == 0 && Arrays.equals(given, kept); // false for what is no number
        String detail = same
                ? "as given, to the digit"
                : String.format(Locale.ROOT, "losses differ by %.1e, parameters by %.1e", off, parameters);
        return Verdict.of(NAME, subject, same, what + ": " + detail);
    }
}
