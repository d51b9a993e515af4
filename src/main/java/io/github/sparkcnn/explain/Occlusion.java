package io.github.sparkcnn.explain;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedImages;
import java.util.Arrays;

/**
 * Occlusion sensitivity: a patch is slid over an image, and where the probability of a class falls, what it covers speaks for that
 * class. Zeiler and Fergus, "Visualizing and Understanding Convolutional Networks", ECCV 2014, section 4.2. The image is cut into 8 × 8
 * cells, the patch is 2 × 2 of them and moves by one, so that there are 7 × 7 places; it is of the image's mean colour, which says
 * nothing of its own about shapes. An image takes {@link #PREDICTIONS} predictions. Not thread-safe.
 */
public final class Occlusion {

    /** Images that are predicted at a time. */
    public static final int BATCH = 25;

    /** Predictions for one image of 8 × 8 pixels or more: itself, and with the patch in every place. */
    public static final int PREDICTIONS = 50;

    private static final int CELLS = 8;
    /** Cells on each side of the patch. */
    private static final int PATCH = 2;

    private final ImageShape shape;
    private final int classes;
    private final Scores scores;
    /** Where cells begin, and behind the last where it ends: {@code [cells + 1]}. */
    private final int[] rows;

    private final int[] columns;

    /** Of images of this shape and so many classes. */
    public Occlusion(ImageShape shape, int classes, Scores scores) {
        this.shape = shape;
        this.classes = classes;
        this.scores = scores;
        this.rows = cells(shape.height());
        this.columns = cells(shape.width());
    }

    private static int[] cells(int side) {
        int cells = Math.min(CELLS, side);
        int[] bounds = new int[cells + 1];
        for (int i = 0; i <= cells; i++) {
            bounds[i] = i * side / cells;
        }
        return bounds;
    }

    /** Of the class that image {@code i} is taken for. */
    public Evidence ofPrediction(PackedImages images, int i) {
        float[] probabilities = probabilities(images, i);
        int first = 0;
        for (int c = 1; c < classes; c++) {
            first = probabilities[c] > probabilities[first] ? c : first;
        }
        return evidence(probabilities, first);
    }

    /** Of a class in image {@code i}. */
    public Evidence of(PackedImages images, int i, int label) {
        return evidence(probabilities(images, i), label);
    }

    /** Those of the image, and then with the patch in each place: {@code [1 + places, classes]}. */
    private float[] probabilities(PackedImages images, int i) {
        int size = shape.size();
        byte[] image = Arrays.copyOfRange(images.pixels(), i * size, (i + 1) * size);
        byte[] colour = meanColour(image);
        int all = 1 + places(rows) * places(columns);
        float[] probabilities = new float[all * classes];
        byte[] batch = new byte[BATCH * size];
        float[] scored = new float[BATCH * classes];
        for (int from = 0; from < all; from += BATCH) {
            int count = Math.min(BATCH, all - from);
            for (int k = 0; k < count; k++) {
                System.arraycopy(image, 0, batch, k * size, size);
                if (from + k > 0) {
                    cover(batch, k * size, from + k - 1, colour);
                }
            }
            scores.score(batch, count, scored);
            System.arraycopy(scored, 0, probabilities, from * classes, count * classes);
        }
        return probabilities;
    }

    private byte[] meanColour(byte[] image) {
        int plane = shape.height() * shape.width();
        byte[] mean = new byte[shape.channels()];
        for (int channel = 0; channel < mean.length; channel++) {
            long sum = 0;
            for (int p = channel * plane; p < (channel + 1) * plane; p++) {
                sum += image[p] & 0xff;
            }
            mean[channel] = (byte) Math.round((double) sum / plane);
        }
        return mean;
    }

    private void cover(byte[] pixels, int from, int place, byte[] colour) {
        int row = place / places(columns);
        int column = place % places(columns);
        int left = columns[column];
        int right = columns[end(columns, column)];
        for (int channel = 0; channel < colour.length; channel++) {
            for (int y = rows[row]; y < rows[end(rows, row)]; y++) {
                int line = from + (channel * shape.height() + y) * shape.width();
                Arrays.fill(pixels, line + left, line + right, colour[channel]);
            }
        }
    }

    /** Of the patch; one where there is a single cell, which it covers whole. */
    private static int places(int[] bounds) {
        return Math.max(1, bounds.length - PATCH);
    }

    private static int end(int[] bounds, int place) {
        return Math.min(bounds.length - 1, place + PATCH);
    }

    private Evidence evidence(float[] probabilities, int label) {
        float itself = probabilities[label];
        float[] falls = new float[shape.height() * shape.width()];
        for (int row = 0; row + 1 < rows.length; row++) {
            for (int column = 0; column + 1 < columns.length; column++) {
                float fall = (float) fall(probabilities, label, row, column);
                for (int y = rows[row]; y < rows[row + 1]; y++) {
                    int line = y * shape.width();
                    Arrays.fill(falls, line + columns[column], line + columns[column + 1], fall);
                }
            }
        }
        return new Evidence(shape, label, itself, falls);
    }

    /** The mean over the patches that cover a cell. */
    private double fall(float[] probabilities, int label, int row, int column) {
        double sum = 0;
        int patches = 0;
        for (int r = Math.max(0, row - PATCH + 1); r <= Math.min(row, places(rows) - 1); r++) {
            for (int c = Math.max(0, column - PATCH + 1); c <= Math.min(column, places(columns) - 1); c++) {
                sum += probabilities[label] - probabilities[(1 + r * places(columns) + c) * classes + label];
                patches++;
            }
        }
        return sum / patches;
    }
}
