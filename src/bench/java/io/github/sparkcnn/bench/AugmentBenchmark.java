package io.github.sparkcnn.bench;

import io.github.sparkcnn.data.ImageShape;
import io.github.sparkcnn.data.augment.ImageAugmenter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Prints the microseconds of processor time that each augmentation takes on one 28×28 image, on one thread: the best of ten
 * rounds. A training step of fashion-cnn takes about 350 µs an image and core.
 */
public final class AugmentBenchmark {

    /** Not the time of day: the machine may be shared. */
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

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
        byte[] pixels = new byte[256 * ImageShape.MNIST.size()];
        new Random(1).nextBytes(pixels);
        for (Map<String, Object> one : ALL) {
            print(String.valueOf(one.get("name")), List.of(one), pixels);
        }
        print("all of them", ALL, pixels);
        print("none (copy and seed)", List.of(), pixels);
    }

    private static void print(String name, List<Map<String, Object>> list, byte[] pixels) {
        ImageAugmenter augmenter = new ImageAugmenter(list, ImageShape.MNIST, 1);
        double best = Double.POSITIVE_INFINITY;
        int checksum = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long start = CLOCK.getCurrentThreadCpuTime();
            for (int i = 0; i < IMAGES; i++) {
                checksum += augmenter.augment(pixels, i % 256 * ImageShape.MNIST.size(), round, i)[400];
            }
            best = Math.min(best, (CLOCK.getCurrentThreadCpuTime() - start) / 1e3 / IMAGES);
        }
        System.out.printf("%-22s %7.2f µs/image   (checksum %d)%n", name, best, checksum);
    }
}
