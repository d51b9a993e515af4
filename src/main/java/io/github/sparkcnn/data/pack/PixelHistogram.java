package io.github.sparkcnn.data.pack;

import io.github.sparkcnn.data.job.JobName;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.image.PixelScale;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.api.java.function.Function;

/**
 * How often each of the 256 bytes occurs in a data set's pixels: exact, so that nothing depends on how the images are spread.
 *
 * @param counts {@code [channels][256]}
 */
@SuppressWarnings("ArrayRecordComponent") // a sum, compared by nobody
public record PixelHistogram(long[][] counts) implements Serializable {

    private static final int LEVELS = 256;

    /** Counts on the workers. */
    public static PixelHistogram of(Shares shares) {
        return JobName.during(
                shares.images().context(),
                "Measuring mean and deviation",
                () -> shares.images().map(new CountBytes()).reduce(PixelHistogram::plus));
    }

    /** The scale that gives every channel of the data set mean 0 and standard deviation 1 (population) over all pixels. */
    public PixelScale standard() {
        List<Double> means = new ArrayList<>();
        List<Double> deviations = new ArrayList<>();
        for (long[] channel : counts) {
            double n = LongStream.of(channel).sum();
            double mean = IntStream.range(0, LEVELS)
                            .mapToDouble(x -> x / 255.0 * channel[x])
                            .sum()
                    / n;
            double variance = IntStream.range(0, LEVELS)
                            .mapToDouble(x -> Math.pow(x / 255.0 - mean, 2) * channel[x])
                            .sum()
                    / n;
            means.add(mean);
            // One colour everywhere: nothing to learn from, but no division by zero either.
            deviations.add(variance > 0 ? Math.sqrt(variance) : 1);
        }
        return new PixelScale(means, deviations);
    }

    private PixelHistogram plus(PixelHistogram other) {
        long[][] sums = new long[counts.length][LEVELS];
        for (int channel = 0; channel < sums.length; channel++) {
            for (int x = 0; x < LEVELS; x++) {
                sums[channel][x] = counts[channel][x] + other.counts[channel][x];
            }
        }
        return new PixelHistogram(sums);
    }

    private static final class CountBytes implements Function<PackedImages, PixelHistogram> {
        private static final long serialVersionUID = 1L;

        @Override
        public PixelHistogram call(PackedImages images) {
            int plane = images.shape().height() * images.shape().width();
            long[][] counts = new long[images.shape().channels()][LEVELS];
            byte[] pixels = images.pixels();
            for (int from = 0; from < pixels.length; from += plane) {
                long[] channel = counts[from / plane % counts.length];
                for (int i = from; i < from + plane; i++) {
                    channel[pixels[i] & 0xff]++;
                }
            }
            return new PixelHistogram(counts);
        }
    }
}
