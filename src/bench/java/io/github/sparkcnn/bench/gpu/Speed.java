package io.github.sparkcnn.bench.gpu;

import io.github.sparkcnn.bench.Images;
import io.github.sparkcnn.bench.Networks;
import io.github.sparkcnn.bench.Rate;
import io.github.sparkcnn.bench.Sample;
import io.github.sparkcnn.config.DeviceConfig.Precision;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.kernel.Replica;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Images a second of training and of prediction, tensors in host memory, by turns with PyTorch in Python where there is one. */
final class Speed implements Check {
    private static final List<String> WORK = List.of("train", "predict");

    @Override
    public String name() {
        return "speed";
    }

    @Override
    public void run(Bench bench, Consumer<Verdict> verdicts) {
        Optional<PythonPeer> peer = PythonPeer.of(bench);
        for (String network : bench.networks()) {
            for (Precision precision : bench.precisions()) {
                measure(bench, network, precision, peer, verdicts);
            }
        }
    }

    private void measure(
            Bench bench, String network, Precision precision, Optional<PythonPeer> peer, Consumer<Verdict> verdicts) {
        Map<String, Sample> ours = new HashMap<>();
        Map<String, Map<String, Sample>> theirs = new HashMap<>();
        try (Replica replica = bench.open(Networks.named(network), precision)) {
            for (int round = 0; round < bench.rounds(); round++) {
                WORK.forEach(work -> sample(ours, work).add(rate(bench, replica, work)));
                for (Rate rate :
                        peer.map(python -> python.rates(network, precision)).orElse(List.of())) {
                    sample(theirs.computeIfAbsent(rate.what(), what -> new HashMap<>()), rate.form())
                            .add(rate.imagesPerSecond());
                }
            }
        }
        for (String work : WORK) {
            double own = ours.get(work).median();
            verdicts.accept(Verdict.told(
                    name(),
                    network + " in " + precision.word() + ", " + work,
                    String.format(Locale.ROOT, "%,.0f images/s", own) + besides(own, theirs.get(work))));
        }
    }

    private static Sample sample(Map<String, Sample> samples, String key) {
        return samples.computeIfAbsent(key, each -> new Sample());
    }

    /** Its fastest form. */
    private static String besides(double own, Map<String, Sample> theirs) {
        if (theirs == null) {
            return "; no PyTorch to compare with";
        }
        Map.Entry<String, Sample> best = theirs.entrySet().stream()
                .max(Comparator.comparingDouble(form -> form.getValue().median()))
                .orElseThrow();
        double median = best.getValue().median();
        return String.format(Locale.ROOT, "; PyTorch %,.0f (%s): ratio %.2f", median, best.getKey(), own / median);
    }

    private static double rate(Bench bench, Replica replica, String work) {
        Minibatch batch = Images.inMemory(ImageShape.MNIST, bench.batch());
        float[] probabilities = new float[bench.batch() * Networks.CLASSES];
        Runnable step = work.equals("train")
                ? () -> replica.step(batch, 0)
                : () -> replica.predict(batch.features(), batch.size(), probabilities);
        repeat(step, bench.seconds());
        long start = System.nanoTime();
        int steps = repeat(step, bench.seconds());
        return (double) steps * bench.batch() / ((System.nanoTime() - start) / 1e9);
    }

    /** Returns how many there were, at least one. */
    private static int repeat(Runnable step, double seconds) {
        long end = System.nanoTime() + (long) (seconds * 1e9);
        int steps = 0;
        do {
            step.run();
            steps++;
        } while (System.nanoTime() < end);
        return steps;
    }
}
