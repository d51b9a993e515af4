package io.github.sparkcnn.explain;

import io.github.sparkcnn.image.ImageShape;
import java.io.Serializable;
import java.util.Locale;

/**
 * What speaks for a class in one image, and what against it.
 *
 * @param label the class
 * @param probability of the class in the whole image
 * @param falls {@code [height · width]}: what the probability loses, from −1 to 1, when the pixel's surroundings are covered
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public record Evidence(ImageShape shape, int label, float probability, float[] falls) implements Serializable {

    private static final int PERCENT = 100;

    /** The largest fall; 0 where there is none. */
    public float largestFall() {
        float largest = 0;
        for (float fall : falls) {
            largest = Math.max(largest, fall);
        }
        return largest;
    }

    /** The largest rise, as a number above 0; 0 where there is none. */
    public float largestRise() {
        float largest = 0;
        for (float fall : falls) {
            largest = Math.max(largest, -fall);
        }
        return largest;
    }

    /**
     * For who does not see the picture.
     *
     * @param name of the class
     */
    public String text(String name) {
        return String.format(
                Locale.ROOT,
                "What speaks for %s, %.0f %%: covering a part changes that by −%.0f to +%.0f points",
                name,
                PERCENT * probability,
                PERCENT * largestFall(),
                PERCENT * largestRise());
    }
}
