package io.github.sparkcnn.data;

import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.image.PixelScale;
import java.io.Serializable;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.Function;

/** Finds a data set's own scale. */
public final class PixelScales {

    private PixelScales() {}

    /** The scale that gives the data set mean 0 and standard deviation 1 (population) over all pixels. */
    public static PixelScale standard(Shares shares) {
        long[] counts = shares.images().map(new CountBytes()).reduce(PixelScales::add);
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

    private static long[] add(long[] a, long[] b) {
        return IntStream.range(0, 256).mapToLong(x -> a[x] + b[x]).toArray();
    }

    /** How often each of the 256 bytes occurs: exact, so that the scale does not depend on how the images are spread. */
    private static final class CountBytes implements Function<PackedImages, long[]>, Serializable {
        private static final long serialVersionUID = 1L;

        @Override
        public long[] call(PackedImages images) {
            long[] counts = new long[256];
            for (byte pixel : images.pixels()) {
                counts[pixel & 0xff]++;
            }
            return counts;
        }
    }
}
