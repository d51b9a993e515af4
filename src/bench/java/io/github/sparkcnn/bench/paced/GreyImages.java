package io.github.sparkcnn.bench.paced;

import io.github.sparkcnn.bench.Networks;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Noise of 28×28 pixels in classes, as the IDX files that MNIST has. */
final class GreyImages {

    private static final int SIDE = 28;
    private static final int BYTES = 8;

    private GreyImages() {}

    static void write(Path folder, int training, int test) throws IOException {
        write(folder, "train", training);
        write(folder, "t10k", test);
    }

    private static void write(Path folder, String name, int images) throws IOException {
        Random random = new Random(images);
        byte[] pixels = new byte[SIDE * SIDE];
        try (DataOutputStream out = open(folder.resolve(name + "-images-idx3-ubyte"));
                DataOutputStream labels = open(folder.resolve(name + "-labels-idx1-ubyte"))) {
            for (int number : new int[] {BYTES << 8 | 3, images, SIDE, SIDE}) {
                out.writeInt(number);
            }
            labels.writeInt(BYTES << 8 | 1);
            labels.writeInt(images);
            for (int i = 0; i < images; i++) {
                random.nextBytes(pixels);
                out.write(pixels);
                labels.writeByte(i % Networks.CLASSES);
            }
        }
    }

    private static DataOutputStream open(Path file) throws IOException {
        return new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
    }
}
