package io.github.sparkcnn.eval;

import io.github.sparkcnn.data.PackedImages;
import io.github.sparkcnn.data.PixelScale;
import io.github.sparkcnn.kernel.Replica;

/** The test images in the driver, evaluated in large batches after every epoch. */
public final class TestSet {

    private static final int BATCH = 500;

    /** Deeplearning4j's and PyTorch's losses stay finite; so does this one. */
    private static final double SMALLEST_PROBABILITY = 1e-10;

    private final PackedImages images;
    private final float[] table;
    private final int classes;

    public TestSet(PackedImages images, PixelScale scale, int classes) {
        this.images = images;
        this.table = scale.table();
        this.classes = classes;
    }

    /** Predicts every image once. */
    public Evaluation evaluate(Replica replica) {
        int imageSize = images.shape().size();
        float[] features = new float[BATCH * imageSize];
        float[] probabilities = new float[BATCH * classes];
        double loss = 0;
        long right = 0;
        for (int from = 0; from < images.size(); from += BATCH) {
            int size = Math.min(BATCH, images.size() - from);
            PixelScale.apply(table, images.pixels(), from * imageSize, features, 0, size * imageSize);
            replica.predict(features, size, probabilities);
            for (int i = 0; i < size; i++) {
                int label = images.label(from + i);
                loss -= Math.log(Math.max(probabilities[i * classes + label], SMALLEST_PROBABILITY));
                right += mostProbable(probabilities, i * classes) == label ? 1 : 0;
            }
        }
        return new Evaluation(images.size(), loss / images.size(), (double) right / images.size());
    }

    private int mostProbable(float[] probabilities, int from) {
        int best = 0;
        for (int k = 1; k < classes; k++) {
            if (probabilities[from + k] > probabilities[from + best]) {
                best = k;
            }
        }
        return best;
    }
}
