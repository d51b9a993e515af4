package io.github.sparkcnn.data.pack;

import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.image.PixelScale;
import java.io.Serializable;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.Function;

/**
 * How often each of the 256 bytes occurs in a data set's pixels: exact, so that nothing depends on how the images are spread.
 *
 * @param counts {@code [256]}
 */
@SuppressWarnings("ArrayRecordComponent") // a sum, compared by nobody
public record PixelHistogram(long[] counts) implements Serializable {

    /** Counts on the workers. */
    public static PixelHistogram of(Shares shares) {
        return shares.images().map(new CountBytes()).reduce(PixelHistogram::plus);
    }

    /** The scale that gives the data set mean 0 and standard deviation 1 (population) over all pixels. */
    public PixelScale standard() {
        double n = IntStream.range(0, 256).mapToLong(x -> counts[x]).sum();
        double mean =
                IntStream.range(0, 256).mapToDouble(x -> x / 255.0 * counts[x]).sum() / n;
        double variance = IntStream.range(0, 256)
                        .mapToDouble(x -> Math.pow(x / 255.0 - mean, 2) * counts[x])
                        .sum()
                / n;
        // One colour everywhere: nothing to learn from, but no division by zero either.
        return new PixelScale(mean, variance > 0 ? Math.sqrt(variance) : 1);
    }

    private PixelHistogram plus(PixelHistogram other) {
        return new PixelHistogram(IntStream.range(0, 256)
                .mapToLong(x -> counts[x] + other.counts[x])
                .toArray());
    }

    private static final class CountBytes implements Function<PackedImages, PixelHistogram> {
        private static final long serialVersionUID = 1L;

        @Override
        public PixelHistogram call(PackedImages images) {
            long[] counts = new long[256];
            for (byte pixel : images.pixels()) {
                counts[pixel & 0xff]++;
            }
            return new PixelHistogram(counts);
        }
    }
}
