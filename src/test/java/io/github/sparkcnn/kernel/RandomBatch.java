package io.github.sparkcnn.kernel;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.Minibatch;
import java.util.Random;

/** Noise with labels of ten classes, always the same. */
public final class RandomBatch {

    private RandomBatch() {}

    public static Minibatch of(ImageShape shape, int size) {
        Random random = new Random(5);
        float[] features = new float[size * shape.size()];
        int[] labels = new int[size];
        for (int i = 0; i < features.length; i++) {
            features[i] = random.nextFloat();
        }
        for (int i = 0; i < size; i++) {
            labels[i] = random.nextInt(10);
        }
        return new Minibatch(features, labels, size);
    }
}
