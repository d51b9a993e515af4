package io.github.sparkcnn.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.io.Json;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PixelScaleTest {
    private static final PixelScale COLOUR = new PixelScale(List.of(0.5, 0.25, 0.0), List.of(0.5, 0.25, 1.0));

    @Test
    void everyChannelHasItsOwnMeanAndDeviation() {
        byte[] pixels = new byte[2 * 3 * 2 * 5];
        new Random(3).nextBytes(pixels);
        float[] input = new float[pixels.length + 1];

        COLOUR.table(new ImageShape(3, 2, 5)).apply(pixels, 0, input, 1, pixels.length);

        for (int i = 0; i < pixels.length; i++) {
            int channel = i / 10 % 3;
            double unit = (pixels[i] & 0xff) / 255.0;
            assertThat(input[1 + i]).isEqualTo((float)
                    ((unit - COLOUR.mean().get(channel)) / COLOUR.deviation().get(channel)));
        }
    }

    @Test
    void oneMeanIsForAllChannels() {
        byte[] pixels = {0, (byte) 255, 51};
        float[] input = new float[3];

        new PixelScale(0.2, 0.5).table(new ImageShape(3, 1, 1)).apply(pixels, 0, input, 0, 3);

        assertThat(input).containsExactly((float) ((0 - 0.2) / 0.5), (float) ((1 - 0.2) / 0.5), 0);
    }

    @Test
    void refusesChannelsWithoutAMean() {
        assertThatThrownBy(() -> COLOUR.table(ImageShape.MNIST))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("3 means for images of 1×28×28");
    }

    @Test
    void jsonHasANumberForAllChannelsAndAListForEach() throws IOException {
        assertThat(Json.line(new PixelScale(0.25, 0.5))).isEqualTo("{\"mean\":0.25,\"deviation\":0.5}");
        assertThat(Json.line(COLOUR)).isEqualTo("{\"mean\":[0.5,0.25,0.0],\"deviation\":[0.5,0.25,1.0]}");
        for (PixelScale scale : List.of(COLOUR, PixelScale.UNIT)) {
            assertThat(Json.read(Json.line(scale).getBytes(UTF_8), PixelScale.class))
                    .isEqualTo(scale);
        }
    }
}
