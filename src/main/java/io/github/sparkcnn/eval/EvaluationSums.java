package io.github.sparkcnn.eval;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/**
 * What an evaluation adds up, image by image: fed with minibatches, merged over partitions (the zero value, the sequence and
 * the combination of Spark's {@code treeAggregate}), so that any number of rows costs the same few kilobytes. Mutable.
 */
public final class EvaluationSums implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Deeplearning4j's and PyTorch's losses stay finite; so does this one. */
    private static final double SMALLEST_PROBABILITY = 1e-10;

    private static final int TOP = 3;

    private final int k;
    private final ConfusionMatrix matrix;
    private final CalibrationBins calibration = new CalibrationBins();
    private long topK;
    private final OrderlessSum loss = new OrderlessSum();

    /**
     * Starts from nothing.
     *
     * @param classes in the network's output
     * @param k for the top-k accuracy, at most {@code classes}
     */
    public EvaluationSums(int classes, int k) {
        if (k < 1 || k > classes) {
            throw new IllegalArgumentException("top " + k + " of " + classes + " classes");
        }
        this.k = k;
        this.matrix = new ConfusionMatrix(classes);
    }

    /** Starts from nothing, with top-3 accuracy where there are three classes. */
    public static EvaluationSums of(int classes) {
        return new EvaluationSums(classes, Math.min(TOP, classes));
    }

    /**
     * Adds a minibatch.
     *
     * @param probabilities {@code [size, classes]} in c order; the array may be longer
     * @param labels {@code [size]}, classes; the array may be longer
     * @throws IllegalArgumentException for a label that is no class
     * @throws NotANumberException for a probability that is NaN
     */
    public EvaluationSums add(float[] probabilities, int[] labels, int size) {
        for (int i = 0; i < size; i++) {
            addImage(probabilities, i * matrix.classes(), labels[i]);
        }
        return this;
    }

    private void addImage(float[] probabilities, int from, int label) {
        int classes = matrix.classes();
        if (label < 0 || label >= classes) {
            throw new IllegalArgumentException("label " + label + " is none of the " + classes + " classes");
        }
        float ofLabel = probabilities[from + label];
        int before = 0; // classes more probable than the label; of two equal ones the first counts as more probable
        for (int c = 0; c < classes; c++) {
            float probability = probabilities[from + c];
            if (Float.isNaN(probability)) {
                throw new NotANumberException("the network predicts NaN for class " + c);
            }
            before += probability > ofLabel || (probability == ofLabel && c < label) ? 1 : 0;
        }
        int predicted = mostProbable(probabilities, from, classes);
        matrix.add(label, predicted);
        calibration.add(probabilities[from + predicted], predicted == label);
        topK += before < k ? 1 : 0;
        loss.add(-Math.log(Math.max(ofLabel, SMALLEST_PROBABILITY)));
    }

    /** Of equally probable classes the first. */
    static int mostProbable(float[] probabilities, int from, int classes) {
        int best = 0;
        for (int c = 1; c < classes; c++) {
            best = probabilities[from + c] > probabilities[from + best] ? c : best;
        }
        return best;
    }

    /** Adds what another partition has counted. */
    public EvaluationSums merge(EvaluationSums other) {
        if (other.k != k) {
            throw new IllegalArgumentException("top " + other.k + " cannot be added to top " + k);
        }
        matrix.merge(other.matrix);
        calibration.merge(other.calibration);
        topK += other.topK;
        loss.merge(other.loss);
        return this;
    }

    void write(DataOutputStream out) throws IOException {
        matrix.write(out);
        calibration.write(out);
        out.writeLong(topK);
        loss.write(out);
    }

    /** Adds what {@link #write} wrote of as many classes. */
    void merge(DataInputStream in) throws IOException {
        matrix.merge(in);
        calibration.merge(in);
        topK += in.readLong();
        loss.merge(in);
    }

    /** In the network's output. */
    int classes() {
        return matrix.classes();
    }

    /** Images counted so far. */
    public long images() {
        return matrix.total();
    }

    /** The results, with a name for every class; means over no image are 0. */
    public EvaluationReport report(List<String> names) {
        long images = images();
        return new EvaluationReport(
                List.copyOf(names),
                images,
                ClassScores.fraction(loss.value(), (double) images),
                k,
                ClassScores.fraction(topK, images),
                calibration.error(),
                ClassificationReport.of(matrix, names),
                new ConfusionMatrix(matrix.classes()).merge(matrix));
    }
}
