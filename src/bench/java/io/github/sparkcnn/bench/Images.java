package io.github.sparkcnn.bench;

import io.github.sparkcnn.data.minibatch.MinibatchPlan;
import io.github.sparkcnn.data.minibatch.Minibatches;
import io.github.sparkcnn.data.pack.Share;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.image.PixelScale;
import java.util.List;
import java.util.Random;

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
        byte[] pixels = new byte[PACKED * shape.size()];
        new Random(0).nextBytes(pixels);
        int[] labels = new int[PACKED];
        for (int i = 0; i < PACKED; i++) {
            labels[i] = i % Networks.CLASSES;
        }
        Minibatches minibatches = new MinibatchPlan(PixelScale.UNIT, size, true, 1, List.of())
                .of(Share.of(new PackedImages(shape, labels, pixels, new int[PACKED])));
        minibatches.startEpoch(0, 0);
        return minibatches;
    }
}
