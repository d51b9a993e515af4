package io.github.sparkcnn.track.tensorboard;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.tensorflow.framework.HistogramProto;

/** Counts values in TensorFlow's buckets: ±1e-12 · 1.1ⁿ up to ±1e20 (tensorflow/core/lib/histogram/histogram.cc). */
final class Histogram {
    /** Upper limits, ascending; a value lies in the first bucket whose limit is above it. */
    private static final double[] LIMITS = limits();

    private Histogram() {}

    /** Refuses values that are not finite: no bucket holds them. */
    static HistogramProto of(float[] values) {
        double[] counts = new double[LIMITS.length];
        double min = Double.MAX_VALUE;
        double max = -Double.MAX_VALUE;
        double sum = 0;
        double sumOfSquares = 0;
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new IllegalArgumentException("A histogram cannot hold " + value);
            }
            counts[bucket(value)]++;
            min = Math.min(min, value);
            max = Math.max(max, value);
            sum += value;
            sumOfSquares += (double) value * value;
        }
        HistogramProto.Builder proto = HistogramProto.newBuilder()
                .setMin(min)
                .setMax(max)
                .setNum(values.length)
                .setSum(sum)
                .setSumSquares(sumOfSquares);
        addBuckets(proto, counts);
        return proto.build();
    }

    /** Runs of empty buckets become one, whose limit is where the next full one begins. */
    private static void addBuckets(HistogramProto.Builder proto, double[] counts) {
        for (int i = 0; i < counts.length; i++) {
            boolean nextIsFull = i + 1 < counts.length && counts[i + 1] > 0;
            if (counts[i] > 0 || nextIsFull) {
                proto.addBucketLimit(LIMITS[i]).addBucket(counts[i]);
            }
        }
    }

    private static int bucket(double value) {
        int found = Arrays.binarySearch(LIMITS, value);
        return found >= 0 ? found + 1 : -found - 1;
    }

    private static double[] limits() {
        double[] positive = DoubleStream.concat(
                        DoubleStream.iterate(1e-12, limit -> limit < 1e20, limit -> limit * 1.1),
                        DoubleStream.of(Double.MAX_VALUE))
                .toArray();
        double[] negative = Arrays.stream(positive).map(limit -> -limit).toArray();
        return Stream.of(negative, new double[] {0}, positive)
                .flatMapToDouble(Arrays::stream)
                .sorted()
                .toArray();
    }
}
