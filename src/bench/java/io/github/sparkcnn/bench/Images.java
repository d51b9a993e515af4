package io.github.sparkcnn.bench;

import io.github.sparkcnn.data.augment.Augmentation;
import io.github.sparkcnn.data.minibatch.MinibatchPlan;
import io.github.sparkcnn.data.minibatch.Minibatches;
import io.github.sparkcnn.data.pack.Share;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.keys.Keys;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Made-up images of all classes. */
public final class Images {

    /** More than a cache holds, as in a real epoch. */
    private static final int PACKED = 8192;

    private Images() {}

    /** One minibatch in memory: that of pytorch_peer.py. */
    public static Minibatch inMemory(ImageShape shape, int size) {
        float[] features = new float[size * shape.size()];
        for (int i = 0; i < features.length; i++) {
            features[i] = i * 7919L % 256 / 255f;
        }
        int[] labels = new int[size];
        for (int i = 0; i < size; i++) {
            labels[i] = i % Networks.CLASSES;
        }
        return new Minibatch(features, labels, size);
    }

    /** Packed images that every minibatch has yet to be made of. */
    static Minibatches packed(ImageShape shape, int size) {
        Minibatches minibatches =
                new MinibatchPlan(PixelScale.UNIT, size, true, 1, List.of()).of(Share.of(bytes(shape, PACKED)));
        minibatches.startEpoch(0, 0);
        return minibatches;
    }

    /** Minibatches of images that are flipped and shifted: of each epoch two whole ones and half of one. */
    public static Minibatches moved(ImageShape shape, int size) {
        List<Augmentation> moving = Augmentation.read(Keys.of(
                        "training",
                        Map.of("augmentation", List.of(Map.of("name", "flip"), Map.of("name", "crop", "padding", 2))))
                .groups("augmentation", "a list"));
        return new MinibatchPlan(new PixelScale(0.3, 0.3), size, false, 1, moving)
                .of(Share.of(bytes(shape, 2 * size + size / 2)));
    }

    private static PackedImages bytes(ImageShape shape, int count) {
        byte[] pixels = new byte[count * shape.size()];
        new Random(0).nextBytes(pixels);
        int[] labels = new int[count];
        Arrays.setAll(labels, i -> i % Networks.CLASSES);
        return new PackedImages(shape, labels, pixels, IntStream.range(0, count).toArray());
    }
}
