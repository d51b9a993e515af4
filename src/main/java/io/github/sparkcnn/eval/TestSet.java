package io.github.sparkcnn.eval;

import io.github.sparkcnn.eval.Evaluation.Mistake;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.image.PixelTable;
import io.github.sparkcnn.kernel.Replica;
import java.util.ArrayList;
import java.util.List;

/** The test images in the driver, evaluated in large batches after every epoch. */
public final class TestSet {

    private static final int BATCH = 500;

    private final PackedImages images;
    private final PixelTable table;
    private final int classes;

    public TestSet(PackedImages images, PixelScale scale, int classes) {
        this.images = images;
        this.table = scale.table(images.shape());
        this.classes = classes;
    }

    /** The images, in order. */
    public PackedImages images() {
        return images;
    }

    /**
     * Predicts every image once, and keeps the first mistakes.
     *
     * @param names of the classes
     * @param mistakes the most that are kept
     */
    public Evaluation evaluate(Replica replica, List<String> names, int mistakes) {
        EvaluationSums sums = EvaluationSums.of(classes);
        List<Mistake> kept = new ArrayList<>();
        predict(replica, (from, labels, probabilities) -> {
            sums.add(probabilities, labels, labels.length);
            for (int i = 0; i < labels.length && kept.size() < mistakes; i++) {
                int predicted = EvaluationSums.mostProbable(probabilities, i * classes, classes);
                if (predicted != labels[i]) {
                    kept.add(new Mistake(from + i, predicted, probabilities[i * classes + predicted]));
                }
            }
        });
        return new Evaluation(sums.report(names), kept);
    }

    private void predict(Replica replica, Batch batch) {
        int imageSize = images.shape().size();
        float[] features = new float[BATCH * imageSize];
        float[] probabilities = new float[BATCH * classes];
        for (int from = 0; from < images.size(); from += BATCH) {
            int size = Math.min(BATCH, images.size() - from);
            table.apply(images.pixels(), from * imageSize, features, 0, size * imageSize);
            replica.predict(features, size, probabilities);
            batch.predicted(from, labels(from, size), probabilities);
        }
    }

    private int[] labels(int from, int size) {
        int[] labels = new int[size];
        for (int i = 0; i < size; i++) {
            labels[i] = images.label(from + i);
        }
        return labels;
    }

    @FunctionalInterface
    private interface Batch {
        void predicted(int from, int[] labels, float[] probabilities);
    }
}
