package io.github.sparkcnn.data.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.MalformedImage;
import io.github.sparkcnn.image.Resizing;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RenderingTest {

    private final byte[] grey = PillowImages.image("png grey");
    private final byte[] colour = PillowImages.image("png rgb");

    @Test
    void spreadsGreyOverThreeChannels() {
        byte[] one = new Decoder().decode(grey).pixels();

        byte[] three = new Rendering(new ImageShape(3, 5, 7), false, Optional.empty()).of(grey);

        assertThat(three).hasSize(3 * one.length).startsWith(one).endsWith(one);
        assertThat(three[one.length + 2]).isEqualTo(one[2]);
    }

    /** Pillow's {@code convert("L")} made the grey file of the colour one. */
    @Test
    void makesColourGreyOnlyWhereAsked() {
        ImageShape shape = new ImageShape(1, 5, 7);

        assertThat(new Rendering(shape, true, Optional.empty()).of(colour))
                .isEqualTo(new Decoder().decode(grey).pixels());
        assertThatThrownBy(() -> new Rendering(shape, false, Optional.empty()).of(colour))
                .isInstanceOf(MalformedImage.class)
                .hasMessage("has colours, where the first images are grey");
    }

    @Test
    void refusesAnotherSizeWithoutResizing() {
        assertThatThrownBy(() -> new Rendering(new ImageShape(3, 7, 5), false, Optional.empty()).of(colour))
                .isInstanceOf(MalformedImage.class)
                .hasMessage("is 5×7, not 7×5");
    }

    @Test
    void resizesImagesOfSeveralSizes() {
        Rendering rendering =
                new Rendering(new ImageShape(3, 1, 1), false, Optional.of(new Resizing(4, 4, Resizing.Mode.STRETCH)));

        byte[] first = rendering.of(colour);
        rendering.of(PillowImages.image("jpeg rgb"));

        assertThat(rendering.shape()).isEqualTo(new ImageShape(3, 4, 4));
        assertThat(rendering.of(colour)).isEqualTo(first).hasSize(48);
    }
}
