package io.github.sparkcnn.bench;

import io.github.sparkcnn.data.augment.Augmentation;
import io.github.sparkcnn.data.augment.ImageAugmenter;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.kernel.Engines;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.keys.Keys;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/**
 * Prints the microseconds of processor time that each augmentation takes on one 28×28 image, and how much that is of a training
 * step of each network (batch 256), both on one thread: the best of ten rounds.
 */
public final class AugmentBenchmark {

    /** Not the time of day: the machine may be shared. */
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private static final int BATCH = 256;
    private static final int IMAGES = 10_000;
    private static final int ROUNDS = 10;

    private static final List<Map<String, Object>> ALL = List.of(
            Map.of("name", "flip"),
            Map.of("name", "crop", "padding", 2),
            Map.of("name", "rotation", "degrees", 10),
            Map.of("name", "affine", "degrees", 10, "translate", 0.1, "smallest", 0.9, "largest", 1.1, "shear", 5),
            Map.of("name", "brightness", "amount", 0.2),
            Map.of("name", "contrast", "amount", 0.2),
            Map.of("name", "random-erasing"),
            Map.of("name", "cutout", "size", 8));

    private AugmentBenchmark() {}

    public static void main(String[] arguments) {
        byte[] pixels = new byte[BATCH * ImageShape.MNIST.size()];
        new Random(1).nextBytes(pixels);
        List<Double> steps = Networks.NAMES.stream().map(AugmentBenchmark::step).toList();
        System.out.println("| augmentation | µs/image | of a step of " + String.join(" | ", Networks.NAMES) + " |");
        System.out.println("|---".repeat(Networks.NAMES.size() + 2) + "|");
        for (Map<String, Object> one : ALL) {
            print(String.valueOf(one.get("name")), List.of(one), pixels, steps);
        }
        print("flip and crop", ALL.subList(0, 2), pixels, steps);
        print("all of them", ALL, pixels, steps);
        System.out.println(steps.stream()
                .map(step -> String.format(Locale.ROOT, "%.0f µs", step))
                .collect(Collectors.joining(" | ", "| (the step) | | ", " |")));
    }

    private static void print(String name, List<Map<String, Object>> list, byte[] pixels, List<Double> steps) {
        double micros = augment(list, pixels);
        System.out.println(steps.stream()
                .map(step -> String.format(Locale.ROOT, "%.1f %%", 100 * micros / step))
                .collect(Collectors.joining(" | ", String.format(Locale.ROOT, "| %s | %.2f | ", name, micros), " |")));
    }

    private static double augment(List<Map<String, Object>> list, byte[] pixels) {
        List<Keys> keys = Keys.of("training", Map.of("augmentation", list)).groups("augmentation", "a list");
        ImageAugmenter augmenter = new ImageAugmenter(Augmentation.read(keys), ImageShape.MNIST, 1);
        return best(IMAGES, round -> {
            for (int i = 0; i < IMAGES; i++) {
                augmenter.augment(pixels, i % BATCH * ImageShape.MNIST.size(), round, i);
            }
        });
    }

    private static double step(String network) {
        KernelOptions options = KernelOptions.defaults().withThreads(1);
        Minibatch images = Images.inMemory(ImageShape.MNIST, BATCH);
        try (Replica replica = Engines.open(Networks.named(network), ImageShape.MNIST, options)) {
            return best(BATCH, round -> replica.step(images, round));
        }
    }

    /** Microseconds an image. */
    private static double best(int images, IntConsumer work) {
        double best = Double.POSITIVE_INFINITY;
        for (int round = 0; round < ROUNDS; round++) {
            long start = CLOCK.getCurrentThreadCpuTime();
            work.accept(round);
            best = Math.min(best, (CLOCK.getCurrentThreadCpuTime() - start) / 1e3 / images);
        }
        return best;
    }
}
