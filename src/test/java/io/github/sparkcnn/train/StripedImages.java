package io.github.sparkcnn.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Noisy 28×28 images with one bright bar each, whose place is the class: learnt in a hundred steps. */
public final class StripedImages {

    private StripedImages() {}

    public static void writeCsv(Path file, int images, long seed) throws IOException {
        writeCsv(file, images, 28, seed);
    }

    /** Square images of another size. */
    static void writeCsv(Path file, int images, int side, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        StringBuilder csv = new StringBuilder();
        for (int i = 0; i < images; i++) {
            int label = i % 10;
            csv.append(label);
            for (int p = 0; p < side * side; p++) {
                boolean bar = p / side / 3 == label;
                csv.append(',').append(random.nextInt(80) + (bar ? 150 : 0));
            }
            csv.append('\n');
        }
        Files.writeString(file, csv);
    }
}
