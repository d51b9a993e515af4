package io.github.sparkcnn.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkcnn.data.TorchImages;
import org.junit.jupiter.api.Test;

class ResizeTest {

    private final TorchImages torch = TorchImages.read();

    @Test
    void isPyTorchsBilinearInterpolationRoundedToGreyLevels() {
        for (JsonNode expected : torch.json().get("resizes")) {
            double[] floats = TorchImages.numbers(expected.get("pixels"));
            Resize resize = new Resize(
                    torch.shape(),
                    expected.get("height").asInt(),
                    expected.get("width").asInt());
            byte[] pixels = new byte[3 + floats.length];

            resize.apply(torch.image(), 0, pixels, 3);

            assertThat(resize.shape().size()).isEqualTo(floats.length);
            for (int i = 0; i < floats.length; i++) {
                assertThat((double) (pixels[3 + i] & 0xff)).isCloseTo(floats[i], within(0.5001));
            }
        }
    }

    @Test
    void resizesEveryImageAndKeepsItsLabelAndIndex() {
        ImageShape shape = new ImageShape(1, 2, 2);
        PackedImages images = new PackedImages(
                shape, new int[] {3, 4}, new byte[] {0, 0, 0, 0, 100, 100, 100, 100}, new int[] {7, 8});

        PackedImages resized = Resize.apply(images, 3, 1);

        assertThat(resized.shape()).isEqualTo(new ImageShape(1, 3, 1));
        assertThat(resized.pixels()).containsExactly(0, 0, 0, 100, 100, 100);
        assertThat(resized.labels()).containsExactly(3, 4);
        assertThat(resized.indices()).containsExactly(7, 8);
    }

    @Test
    void leavesImagesOfTheRightSizeAlone() {
        PackedImages images = new PackedImages(new ImageShape(1, 1, 1), new int[1], new byte[1], new int[1]);

        assertThat(Resize.apply(images, 1, 1)).isSameAs(images);
    }
}
