package io.github.sparkcnn.eval;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.util.stream.Stream;

/**
 * Expected calibration error over equally wide bins of confidence, the probability of the predicted class: the mean of
 * |accuracy − confidence| over the bins, weighted by their images. Bin m of M takes confidences in ((m−1)/M, m/M].
 * Guo, Pleiss, Sun and Weinberger, "On Calibration of Modern Neural Networks", ICML 2017, equations 2 and 3.
 */
final class CalibrationBins implements Serializable {
    private static final long serialVersionUID = 1L;

    static final int BINS = 15;

    private final OrderlessSum[] confidence =
            Stream.generate(OrderlessSum::new).limit(BINS).toArray(OrderlessSum[]::new);
    private final long[] correct = new long[BINS];
    private final long[] images = new long[BINS];

    void add(double probability, boolean right) {
        int bin = Math.min(BINS, Math.max(1, (int) Math.ceil(probability * BINS))) - 1;
        confidence[bin].add(probability);
        correct[bin] += right ? 1 : 0;
        images[bin]++;
    }

    void merge(CalibrationBins other) {
        for (int bin = 0; bin < BINS; bin++) {
            confidence[bin].merge(other.confidence[bin]);
            correct[bin] += other.correct[bin];
            images[bin] += other.images[bin];
        }
    }

    void write(DataOutputStream out) throws IOException {
        for (int bin = 0; bin < BINS; bin++) {
            confidence[bin].write(out);
            out.writeLong(correct[bin]);
            out.writeLong(images[bin]);
        }
    }

    /** Adds what {@link #write} wrote. */
    void merge(DataInputStream in) throws IOException {
        for (int bin = 0; bin < BINS; bin++) {
            confidence[bin].merge(in);
            correct[bin] += in.readLong();
            images[bin] += in.readLong();
        }
    }

    double error() {
        double gaps = 0;
        double total = 0;
        for (int bin = 0; bin < BINS; bin++) {
            // |B| · |acc(B) − conf(B)|, in which the number of images in the bin cancels out
            gaps += Math.abs(correct[bin] - confidence[bin].value());
            total += images[bin];
        }
        return ClassScores.fraction(gaps, total);
    }
}
