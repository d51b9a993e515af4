package io.github.sparkcnn.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkcnn.data.decode.PillowImages;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PhotographResizeTest {

    static Stream<JsonNode> resizes() {
        return PillowImages.resizes();
    }

    @ParameterizedTest
    @MethodSource("resizes")
    void isPillowsToTheBit(JsonNode expected) {
        PhotographResize resize = new PhotographResize(PillowImages.shape(expected.get("from")), to(expected));

        assertThat(resize.apply(PillowImages.bytes(expected.get("image"))))
                .isEqualTo(PillowImages.bytes(expected.get("pixels")));
    }

    static Stream<JsonNode> enlargements() {
        return resizes().filter(expected -> {
            ImageShape from = PillowImages.shape(expected.get("from"));
            Placement placement = Placement.of(from.height(), from.width(), to(expected));
            return placement.height() >= from.height() && placement.width() >= from.width();
        });
    }

    /** Enlarging, both are the same interpolation but for the rounding between columns and rows. */
    @ParameterizedTest
    @MethodSource("enlargements")
    void resizeWithoutAntialiasingPlacesImagesAlike(JsonNode expected) {
        byte[] right = PillowImages.bytes(expected.get("pixels"));
        byte[] pixels = new byte[right.length];

        new Resize(PillowImages.shape(expected.get("from")), to(expected))
                .apply(PillowImages.bytes(expected.get("image")), 0, pixels, 0);

        for (int i = 0; i < right.length; i++) {
            assertThat(pixels[i] & 0xff).isCloseTo(right[i] & 0xff, within(1));
        }
    }

    private static Resizing to(JsonNode expected) {
        return new Resizing(
                expected.get("to").get(0).asInt(),
                expected.get("to").get(1).asInt(),
                Resizing.Mode.valueOf(expected.get("mode").asText().toUpperCase(Locale.ROOT)));
    }
}
