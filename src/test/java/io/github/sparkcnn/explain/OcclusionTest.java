package io.github.sparkcnn.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedImages;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Networks made by hand, of which it is known what they look at. */
class OcclusionTest {

    private static final ImageShape SHAPE = new ImageShape(1, 16, 24);
    private static final int CELL_HEIGHT = 2;
    private static final int CELL_WIDTH = 3;
    private static final double DARK = 4 / 255.0;

    /** The probability of class 1 is the brightness of one cell. */
    @ParameterizedTest
    @CsvSource({"0, 0", "0, 7", "7, 0", "7, 7", "3, 4", "0, 5"})
    void theStrongestPlaceIsWhereTheNetworkLooksAndNowhereElse(int row, int column) {
        PackedImages image = whiteIn(row, column);

        Evidence evidence = new Occlusion(SHAPE, 2, (pixels, count, probabilities) -> {
                    for (int i = 0; i < count; i++) {
                        float bright = brightness(pixels, i, row, column);
                        probabilities[2 * i] = 1 - bright;
                        probabilities[2 * i + 1] = bright;
                    }
                })
                .ofPrediction(image, 0);

        assertThat(evidence.label()).isEqualTo(1);
        assertThat(evidence.probability()).isEqualTo(1);
        assertThat(evidence.largestFall()).isCloseTo((float) (1 - DARK), within(1e-6f));
        assertThat(evidence.largestRise()).isZero();
        for (int y = 0; y < SHAPE.height(); y++) {
            for (int x = 0; x < SHAPE.width(); x++) {
                int rows = Math.abs(y / CELL_HEIGHT - row);
                int columns = Math.abs(x / CELL_WIDTH - column);
                float fall = evidence.falls()[y * SHAPE.width() + x];
                assertThat(fall == evidence.largestFall()).as(y + ", " + x).isEqualTo(rows == 0 && columns == 0);
                assertThat(fall == 0).as(y + ", " + x).isEqualTo(rows > 1 || columns > 1);
            }
        }
    }

    /** Of two patches that cover the next cell one covers the corner, of four on the diagonal one does. */
    @Test
    void aCellHasTheMeanOfThePatchesThatCoverIt() {
        Evidence evidence = new Occlusion(SHAPE, 1, (pixels, count, probabilities) -> {
                    for (int i = 0; i < count; i++) {
                        probabilities[i] = brightness(pixels, i, 0, 0);
                    }
                })
                .of(whiteIn(0, 0), 0, 0);

        float corner = evidence.falls()[0];
        assertThat(evidence.falls()[CELL_WIDTH]).isEqualTo(corner / 2);
        assertThat(evidence.falls()[CELL_HEIGHT * SHAPE.width()]).isEqualTo(corner / 2);
        assertThat(evidence.falls()[CELL_HEIGHT * SHAPE.width() + CELL_WIDTH]).isEqualTo(corner / 4);
    }

    @Test
    void whatSpeaksAgainstTheClassIsBelowZero() {
        Evidence evidence = new Occlusion(SHAPE, 2, (pixels, count, probabilities) -> {
                    for (int i = 0; i < count; i++) {
                        probabilities[2 * i] = 0.75f - 0.5f * brightness(pixels, i, 7, 7);
                        probabilities[2 * i + 1] = 1 - probabilities[2 * i];
                    }
                })
                .of(whiteIn(7, 7), 0, 0);

        assertThat(evidence.largestFall()).isZero();
        assertThat(evidence.largestRise()).isCloseTo((float) (0.5 * (1 - DARK)), within(1e-6f));
        assertThat(evidence.falls()[SHAPE.size() - 1]).isEqualTo(-evidence.largestRise());
        assertThat(evidence.text("Coat"))
                .isEqualTo("What speaks for Coat, 25 %: covering a part changes that by −0 to +49 points");
    }

    @ParameterizedTest
    @CsvSource({"1x28x28", "3x5x12", "1x1x1", "3x224x7", "1x8x1"})
    void aNetworkThatLooksAtNothingGivesAFlatPicture(String text) {
        ImageShape shape = ImageShape.parse(text);
        byte[] pixels = new byte[shape.size()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i * 31);
        }
        PackedImages image = new PackedImages(shape, new int[1], pixels, new int[1]);

        Evidence evidence = new Occlusion(shape, 3, (batch, count, probabilities) -> Arrays.fill(probabilities, 1 / 3f))
                .ofPrediction(image, 0);

        assertThat(evidence.falls()).hasSize(shape.height() * shape.width()).containsOnly(0);
        BufferedImage picture = EvidencePicture.draw(image, 0, evidence);
        assertThat(picture.getWidth()).isEqualTo(shape.width());
        for (int y = 0; y < shape.height(); y++) {
            for (int x = 0; x < shape.width(); x++) {
                int rgb = picture.getRGB(x, y) & 0xffffff;
                assertThat(rgb).isEqualTo((rgb & 0xff) * 0x010101);
            }
        }
    }

    /** Images of any number of channels: each channel has its own mean, and nothing else of the image is touched. */
    @Test
    void thePatchHasTheMeanColour() {
        ImageShape shape = new ImageShape(2, 8, 8);
        byte[] pixels = new byte[128];
        Arrays.fill(pixels, 64, 128, (byte) 200);
        pixels[0] = (byte) 255;
        pixels[63] = (byte) 129; // mean 6
        List<byte[]> seen = new ArrayList<>();
        List<Integer> batches = new ArrayList<>();

        new Occlusion(shape, 1, (batch, count, probabilities) -> {
                    batches.add(count);
                    for (int i = 0; i < count; i++) {
                        seen.add(Arrays.copyOfRange(batch, i * 128, (i + 1) * 128));
                    }
                })
                .of(new PackedImages(shape, new int[1], pixels, new int[1]), 0, 0);

        assertThat(seen).hasSize(Occlusion.PREDICTIONS);
        assertThat(batches).allMatch(count -> count <= Occlusion.BATCH);
        assertThat(seen.get(0)).isEqualTo(pixels);
        byte[] first = pixels.clone();
        for (int place : new int[] {0, 1, 8, 9}) {
            first[place] = 6;
        }
        assertThat(seen.get(1)).isEqualTo(first);
        byte[] last = pixels.clone();
        for (int place : new int[] {54, 55, 62, 63}) {
            last[place] = 6;
        }
        assertThat(seen.get(49)).isEqualTo(last);
    }

    /** Orange speaks for a class, blue against it; a small change is drawn faintly. */
    @Test
    void coloursSayForAndAgainst() {
        ImageShape shape = new ImageShape(1, 1, 3);
        PackedImages image = new PackedImages(shape, new int[1], new byte[] {100, 100, 100}, new int[1]);

        BufferedImage strong = EvidencePicture.draw(image, 0, new Evidence(shape, 0, 1, new float[] {0.4f, -0.2f, 0}));
        BufferedImage faint = EvidencePicture.draw(image, 0, new Evidence(shape, 0, 1, new float[] {0.01f, 0, 0}));

        assertThat(rgb(strong, 0)).containsExactly(216, 117, 25); // a quarter of 100, three of ff 7a 00
        assertThat(rgb(strong, 1)).containsExactly(80, 111, 158); // five eighths of 100, three of 2f 80 ff
        assertThat(rgb(strong, 2)).containsExactly(100, 100, 100);
        assertThat(rgb(faint, 0)).containsExactly(123, 103, 85); // as of 0.05, a fifth of three quarters
    }

    private static int[] rgb(BufferedImage image, int x) {
        int rgb = image.getRGB(x, 0);
        return new int[] {(rgb >> 16) & 0xff, (rgb >> 8) & 0xff, rgb & 0xff};
    }

    /** One white cell of 64; the mean is 4. */
    private static PackedImages whiteIn(int row, int column) {
        byte[] pixels = new byte[SHAPE.size()];
        for (int y = row * CELL_HEIGHT; y < (row + 1) * CELL_HEIGHT; y++) {
            int from = y * SHAPE.width() + column * CELL_WIDTH;
            Arrays.fill(pixels, from, from + CELL_WIDTH, (byte) 255);
        }
        return new PackedImages(SHAPE, new int[1], pixels, new int[1]);
    }

    private static float brightness(byte[] pixels, int image, int row, int column) {
        int sum = 0;
        for (int y = row * CELL_HEIGHT; y < (row + 1) * CELL_HEIGHT; y++) {
            for (int x = column * CELL_WIDTH; x < (column + 1) * CELL_WIDTH; x++) {
                sum += pixels[image * SHAPE.size() + y * SHAPE.width() + x] & 0xff;
            }
        }
        return sum / (255f * CELL_HEIGHT * CELL_WIDTH);
    }
}
