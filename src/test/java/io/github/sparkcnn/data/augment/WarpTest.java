package io.github.sparkcnn.data.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkcnn.data.TorchImages;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.keys.Place;
import io.github.sparkcnn.random.RandomStream;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WarpTest {

    private static final ImageShape SQUARE = new ImageShape(2, 6, 6);

    private final byte[] image = new byte[SQUARE.size()];
    private final byte[] to = new byte[SQUARE.size()];

    WarpTest() {
        new Random(1).nextBytes(image);
    }

    @Test
    void isPyTorchsGridSampleToOneAndAHalfGreyLevels() {
        TorchImages torch = TorchImages.read();
        for (JsonNode expected : torch.json().get("warps")) {
            double[] m = TorchImages.numbers(expected.get("matrix"));
            double[] floats = TorchImages.numbers(expected.get("pixels"));
            byte[] pixels = new byte[floats.length];

            Warp.apply(torch.shape(), torch.image(), pixels, m[0], m[1], m[2], m[3], m[4], m[5]);

            for (int i = 0; i < floats.length; i++) {
                assertThat((double) (pixels[i] & 0xff))
                        .as("pixel " + i + " of " + expected.get("matrix"))
                        .isCloseTo(floats[i], within(1.5));
            }
        }
    }

    @Test
    void isBilinearInterpolationForAnyMatrix() {
        Random random = new Random(5);
        for (int i = 0; i < 3_000; i++) {
            double[] m = random.doubles(6, -3, 3)
                    .map(v -> random.nextInt(4) == 0 ? Math.rint(v) : v)
                    .toArray();
            Warp.apply(SQUARE, image, to, m[0], m[1], m[2], m[3], m[4], m[5]);
            for (int k = 0; k < to.length; k++) {
                double x = k % 6 - 2.5;
                double y = k / 6 % 6 - 2.5;
                double expected = bilinear(k / 36, m[3] * x + m[4] * y + m[5] + 2.5, m[0] * x + m[1] * y + m[2] + 2.5);
                assertThat((double) (to[k] & 0xff)).isCloseTo(expected, within(1.6));
            }
        }
    }

    private double bilinear(int channel, double y, double x) {
        double sum = 0;
        for (int j = 0; j < 6; j++) {
            for (int i = 0; i < 6; i++) {
                double weight = Math.max(0, 1 - Math.abs(y - j)) * Math.max(0, 1 - Math.abs(x - i));
                sum += weight * (image[(channel * 6 + j) * 6 + i] & 0xff);
            }
        }
        return sum;
    }

    @Test
    void rotationByNothingIsTheImage() {
        Affine.rotation(0).apply(SQUARE, image, to, new RandomStream());

        assertThat(to).isEqualTo(image);
    }

    @Test
    void aQuarterTurnIsExact() {
        Affine.rotation(90).transform(SQUARE, image, to, 90, 0, 0, 1, 0);

        for (int c = 0; c < 2; c++) {
            for (int y = 0; y < 6; y++) {
                for (int x = 0; x < 6; x++) {
                    assertThat(to[(c * 6 + y) * 6 + x]).isEqualTo(image[(c * 6 + 5 - x) * 6 + y]);
                }
            }
        }
    }

    @Test
    void aShiftByWholePixelsIsACrop() {
        byte[] cropped = new byte[SQUARE.size()];
        new PaddedCrop(new Place("use augmentation crop", "training.augmentation[0]"), 2)
                .shift(SQUARE, image, cropped, 2, -1);

        Affine.rotation(0).transform(SQUARE, image, to, 0, -1, 2, 1, 0);

        assertThat(to).isEqualTo(cropped);
    }

    @Test
    void transformingBackRestoresASmoothImage() {
        ImageShape large = new ImageShape(1, 41, 41);
        byte[] smooth = new byte[large.size()];
        for (int y = 0; y < 41; y++) {
            for (int x = 0; x < 41; x++) {
                smooth[y * 41 + x] = (byte) Math.round(127 + 60 * Math.sin(x / 9.0) + 60 * Math.cos(y / 7.0));
            }
        }
        byte[] turned = new byte[large.size()];
        byte[] back = new byte[large.size()];

        Affine.rotation(0).transform(large, smooth, turned, 30, 2, -3, 1.25, 0);
        double cos = Math.cos(Math.toRadians(30)) / 1.25;
        double sin = Math.sin(Math.toRadians(30)) / 1.25;
        Affine.rotation(0)
                .transform(large, turned, back, -30, -(cos * 2 + sin * -3), -(-sin * 2 + cos * -3), 1 / 1.25, 0);

        for (int y = 12; y < 29; y++) {
            for (int x = 12; x < 29; x++) {
                assertThat((back[y * 41 + x] & 0xff)).isCloseTo(smooth[y * 41 + x] & 0xff, within(4));
            }
        }
    }
}
