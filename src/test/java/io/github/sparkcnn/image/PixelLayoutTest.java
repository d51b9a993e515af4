package io.github.sparkcnn.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PixelLayoutTest {

    @Test
    void interleavedValuesArePackedChannelAfterChannel() {
        PixelLayout layout = PixelLayout.of(List.of(2, 2, 3));

        assertThat(layout.shape()).isEqualTo(new ImageShape(3, 2, 2));
        assertThat(layout.packed(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}))
                .containsExactly(1, 4, 7, 10, 2, 5, 8, 11, 3, 6, 9, 12);
    }

    @Test
    void channelsInFrontArePackedAlready() {
        byte[] values = {1, 2, 3, 4, 5, 6};
        PixelLayout layout = PixelLayout.of(List.of(3, 1, 2));

        assertThat(layout.shape()).isEqualTo(new ImageShape(3, 1, 2));
        assertThat(layout.packed(values)).isSameAs(values);
    }

    @Test
    void knowsWhatIsNoShape() {
        assertThat(PixelLayout.isShape(List.of(28, 28))).isFalse();
        assertThat(PixelLayout.isShape(List.of(4, 28, 28))).isFalse();
        assertThat(PixelLayout.isShape(List.of(0, 28, 3))).isFalse();
        assertThat(PixelLayout.isShape(List.of(28, 20, 1))).isTrue();
    }
}
