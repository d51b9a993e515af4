package io.github.sparkcnn.image;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.Serializable;
import java.util.List;

/**
 * How a byte becomes the network's input: {@code (x / 255 − mean) / deviation}, alike in all channels or in each its own way. In
 * JSON a list of one is a number.
 *
 * @param mean of x / 255, one for all channels or one for each
 * @param deviation of x / 255, above 0, as many
 */
public record PixelScale(
        @JsonFormat(with = JsonFormat.Feature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED)
        List<Double> mean,

        @JsonFormat(with = JsonFormat.Feature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED)
        List<Double> deviation)
        implements Serializable {

    /** x / 255, in [0, 1]. */
    public static final PixelScale UNIT = new PixelScale(0, 1);

    @JsonCreator
    public PixelScale(
            @JsonProperty("mean") @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<Double> mean,
            @JsonProperty("deviation") @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
                    List<Double> deviation) {
        if (mean.isEmpty() || mean.size() != deviation.size()) {
            throw new IllegalArgumentException(mean.size() + " means and " + deviation.size() + " deviations");
        }
        this.mean = List.copyOf(mean);
        this.deviation = List.copyOf(deviation);
    }

    /** Alike in all channels. */
    public PixelScale(double mean, double deviation) {
        this(List.of(mean), List.of(deviation));
    }

    /** Whether it can be used on images of so many channels. */
    public boolean fits(int channels) {
        return mean.size() == 1 || mean.size() == channels;
    }

    /** Prepares the conversion of images. */
    public PixelTable table(ImageShape shape) {
        return new PixelTable(this, shape);
    }

    /** The value of each of the 256 bytes in a channel. */
    float[] values(int channel) {
        float[] values = new float[256];
        for (int x = 0; x < 256; x++) {
            values[x] = (float) ((x / 255.0 - mean.get(channel)) / deviation.get(channel));
        }
        return values;
    }
}
