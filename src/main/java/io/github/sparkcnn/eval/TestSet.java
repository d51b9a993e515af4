package io.github.sparkcnn.eval;

import io.github.sparkcnn.data.pack.Share;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.image.PixelTable;
import io.github.sparkcnn.kernel.Replica;

/**
 * Test images, or a share of them that was dealt by {@link #BATCH}: predicted in the same batches wherever they are, and so with
 * the same bits.
 */
public final class TestSet {

    /** Images that are predicted at a time: on every device as many, for the shares of any number of workers are dealt by it. */
    public static final int BATCH = 256;

    private final Share images;
    private final PixelTable table;
    private final int classes;
    private final int mistakes;

    /**
     * Nothing is predicted yet.
     *
     * @param mistakes the most that are kept, the first
     */
    public TestSet(Share images, PixelScale scale, int classes, int mistakes) {
        this.images = images;
        this.table = scale.table(images.shape());
        this.classes = classes;
        this.mistakes = mistakes;
    }

    /** Predicts every image once, and keeps the first mistakes. */
    public PartialEvaluation evaluate(Replica replica) {
        PartialEvaluation evaluation = new PartialEvaluation(classes, mistakes);
        ImageShape shape = images.shape();
        byte[] pixels = new byte[BATCH * shape.size()];
        byte[] image = new byte[shape.size()];
        float[] features = new float[BATCH * shape.size()];
        float[] probabilities = new float[BATCH * classes];
        int[] labels = new int[BATCH];
        for (int from = 0; from < images.size(); from += BATCH) {
            int size = Math.min(BATCH, images.size() - from);
            for (int i = 0; i < size; i++) {
                images.read(from + i, image);
                System.arraycopy(image, 0, pixels, i * image.length, image.length);
                labels[i] = images.label(from + i);
            }
            table.apply(pixels, 0, features, 0, size * shape.size());
            replica.predict(features, size, probabilities);
            evaluation.sums().add(probabilities, labels, size);
            for (int i = 0; i < size && evaluation.hasRoom(); i++) {
                int predicted = EvaluationSums.mostProbable(probabilities, i * classes, classes);
                if (predicted != labels[i]) {
                    evaluation.add(new Mistake(image(from + i), predicted, probabilities[i * classes + predicted]));
                }
            }
        }
        return evaluation;
    }

    private PackedImages image(int i) {
        byte[] pixels = new byte[images.shape().size()];
        images.read(i, pixels);
        return new PackedImages(images.shape(), new int[] {images.label(i)}, pixels, new int[] {images.index(i)});
    }
}
