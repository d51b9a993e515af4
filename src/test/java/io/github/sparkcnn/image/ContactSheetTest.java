package io.github.sparkcnn.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ContactSheetTest {
    private static final List<String> LABELS = List.of("T-shirt/top", "Trouser", "a name that is much too long");

    @Test
    void putsEveryPixelInItsPlace() {
        PackedImages images = images(12);
        images.pixels()[11 * 784 + 5 * 28 + 9] = (byte) 200;

        BufferedImage sheet = ContactSheet.draw(images, LABELS, 12);

        // Ten columns of 28·3 + 8 wide, two lines of 16 + 28·3 + 4 + 4 high; image 11 is the second of the second line.
        assertThat(sheet.getWidth()).isEqualTo(8 + 10 * 92);
        assertThat(sheet.getHeight()).isEqualTo(8 + 2 * 108);
        int left = 8 + 92 + 9 * 3;
        int top = 8 + 108 + 16 + 5 * 3;
        assertThat(sheet.getRGB(left, top) & 0xffffff).isEqualTo(0xc8c8c8);
        assertThat(sheet.getRGB(left + 2, top + 2) & 0xffffff).isEqualTo(0xc8c8c8);
        assertThat(sheet.getRGB(left + 3, top) & 0xffffff).isZero();
        assertThat(sheet.getRGB(left, top - 1) & 0xffffff).isZero();
    }

    @Test
    void drawsTheAugmentedImageUnderItsOriginal() {
        PackedImages before = images(2);
        PackedImages after = images(2);
        after.pixels()[784] = (byte) 255;

        BufferedImage sheet = ContactSheet.draw(before, after, i -> LABELS.get(before.label(i)), 2);

        assertThat(sheet.getHeight()).isEqualTo(8 + 16 + 2 * 88 + 4);
        assertThat(sheet.getRGB(8 + 92, 8 + 16) & 0xffffff).isZero();
        assertThat(sheet.getRGB(8 + 92, 8 + 16 + 88) & 0xffffff).isEqualTo(0xffffff);
    }

    @Test
    void drawsNoMoreImagesThanThereAre() {
        assertThat(ContactSheet.draw(images(3), LABELS, 100).getWidth()).isEqualTo(8 + 3 * 92);
    }

    @Test
    void keepsColours() {
        ImageShape shape = new ImageShape(3, 1, 1);
        PackedImages images = new PackedImages(shape, new int[1], new byte[] {1, 2, (byte) 250}, new int[1]);

        assertThat(ContactSheet.image(images, 0).getRGB(0, 0) & 0xffffff).isEqualTo(0x0102fa);
    }

    @Test
    void encodesWithoutLoss() throws Exception {
        PackedImages images = images(1);
        images.pixels()[28] = 77;

        BufferedImage read = ImageIO.read(new ByteArrayInputStream(ContactSheet.png(ContactSheet.image(images, 0))));

        assertThat(read.getRaster().getSample(0, 1, 0)).isEqualTo(77);
    }

    @Test
    void refusesImagesThatDoNotPair() {
        assertThatThrownBy(() -> ContactSheet.draw(images(2), images(3), String::valueOf, 2))
                .hasMessageContaining("2 images of 1×28×28 before, 3");
    }

    private static PackedImages images(int n) {
        int[] labels = new int[n];
        for (int i = 0; i < n; i++) {
            labels[i] = i % LABELS.size();
        }
        return new PackedImages(
                ImageShape.MNIST,
                labels,
                new byte[n * 784],
                IntStream.range(0, n).toArray());
    }
}
