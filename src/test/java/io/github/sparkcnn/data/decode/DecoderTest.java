package io.github.sparkcnn.data.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.sparkcnn.image.MalformedImage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecoderTest {

    private final Decoder decoder = new Decoder();

    static Stream<PillowImages.Case> images() {
        return PillowImages.images();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("images")
    void givesThePixelsThatPillowGives(PillowImages.Case image) {
        Picture picture = decoder.decode(image.bytes());

        assertThat(picture.shape()).isEqualTo(image.shape());
        assertThat(picture.pixels()).isEqualTo(image.pixels());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("images")
    void theHeaderTellsTheShapeThatWillBeDecoded(PillowImages.Case image) {
        assertThat(ImageHeader.of(image.bytes()).shape()).isEqualTo(image.shape());
    }

    /** However little or much is there, what is cut is never an image. */
    static Stream<PillowImages.Case> withOneFrame() {
        return images().filter(image -> !image.name().equals("gif animated"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("withOneFrame")
    void refusesWhatIsCutShort(PillowImages.Case image) {
        for (int length = 0; length < image.bytes().length - 30; length += 7) {
            byte[] cut = Arrays.copyOf(image.bytes(), length);

            assertThatThrownBy(() -> decoder.decode(cut))
                    .as(image.name() + " of " + length)
                    .isInstanceOf(MalformedImage.class);
        }
        assertThat(decoder.decode(image.bytes()).pixels()).as("the next image").isEqualTo(image.pixels());
    }

    /** Whatever the damage, there are pixels or a reason, and nothing else. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("images")
    void survivesAnyDamage(PillowImages.Case image) {
        Random random = new Random(5);
        for (int i = 0; i < 100; i++) {
            byte[] damaged = image.bytes().clone();
            for (int n = 0; n < 3; n++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            MalformedImage refused = catchThrowableOfType(MalformedImage.class, () -> decoder.decode(damaged));
            assertThat(refused == null || !refused.getMessage().contains("\n")).isTrue();
        }
    }

    @Test
    void refusesADamagedPngByItsChecksum() {
        byte[] png = PillowImages.image("png rgb");
        png[png.length - 30] ^= 1;

        assertThatThrownBy(() -> decoder.decode(png))
                .isInstanceOf(MalformedImage.class)
                .hasMessageMatching("is damaged: the checksum of its IDAT chunk at byte 33 is wrong")
                .satisfies(e -> assertThat(e.getStackTrace()).isEmpty());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            II*\\0aaaa                        | is a TIFF image, and PNG, JPEG, BMP and GIF are read
            MM\\0*aaaa                        | is a TIFF image, and PNG, JPEG, BMP and GIF are read
            RIFFaaaaWEBPVP8                   | is a WebP image, and PNG, JPEG, BMP and GIF are read
            \\0\\0\\0\\x18ftypheic\\0\\0\\0\\0   | is a HEIC image, and PNG, JPEG, BMP and GIF are read
            \\0\\0\\0\\x18ftypmif1\\0\\0\\0\\0   | is a HEIC image, and PNG, JPEG, BMP and GIF are read
            \\0\\0\\0\\x18ftypavif\\0\\0\\0\\0   | is an AVIF image, and PNG, JPEG, BMP and GIF are read
            \\0\\0\\0\\x18ftypisom\\0\\0\\0\\0   | is a video or another ISO media file, and PNG, JPEG, BMP and GIF are read
            <?xml version="1.0"?><svg>        | is an SVG drawing, and PNG, JPEG, BMP and GIF are read
            <svg xmlns="a">                   | is an SVG drawing, and PNG, JPEG, BMP and GIF are read
            <!DOCTYPE html><html>             | is a web page, and PNG, JPEG, BMP and GIF are read
            <HTML><head>                      | is a web page, and PNG, JPEG, BMP and GIF are read
            %PDF-1.7                          | is a PDF file, and PNG, JPEG, BMP and GIF are read
            version https://git-lfs.github.com| is a pointer of Git LFS, not the file itself, and PNG, JPEG, BMP and GIF are read
            hello                             | is a text file, and PNG, JPEG, BMP and GIF are read
            \\1\\2\\3                         | is no PNG, JPEG, BMP or GIF image: it begins with the bytes 01 02 03
            ''                                | is empty
            """)
    void namesWhatIsNoImage(String written, String reason) {
        byte[] bytes = written.replace("\\0", "\0")
                .replace("\\x18", "\u0018")
                .replace("\\1", "\1")
                .replace("\\2", "\2")
                .replace("\\3", "\3")
                .getBytes(UTF_8);

        assertThatThrownBy(() -> decoder.decode(bytes))
                .isInstanceOf(MalformedImage.class)
                .hasMessage(reason);
    }

    /** A few bytes can claim gigabytes. */
    @Test
    void refusesAHeaderThatDeclaresMoreThanAnyPhotograph() {
        byte[] bmp = PillowImages.image("bmp rgb");
        bmp[20] = 0x7f;
        bmp[24] = 0x7f;

        assertThatThrownBy(() -> decoder.decode(bmp))
                .isInstanceOf(MalformedImage.class)
                .hasMessage("has 8323077×8323079 pixels by its header, more than 89478485");
    }

    /** Of a length that nobody expects, with what could be a frame of gigabytes in them. */
    @ParameterizedTest
    @ValueSource(ints = {0xf9, 0xff, 0xfe, 0x01, 0x77})
    void noExtensionOfAGifIsTakenForItsPicture(int kind) {
        PillowImages.Case image = images().filter(each -> each.name().startsWith("gif"))
                .findFirst()
                .orElseThrow();
        byte[] gif = image.bytes();
        int start = 13 + (3 << ((gif[10] & 7) + 1));
        for (int first : new int[] {1, 4, 11, 12}) {
            byte[] frame = {',', 0, 0, 0, 0, 0, (byte) 0x70, 0, (byte) 0x70, 0};
            ByteBuffer extended = ByteBuffer.allocate(gif.length + first + frame.length + 5)
                    .put(gif, 0, start)
                    .put((byte) '!')
                    .put((byte) kind)
                    .put((byte) first)
                    .put(new byte[first])
                    .put((byte) frame.length)
                    .put(frame)
                    .put((byte) 0)
                    .put(gif, start, gif.length - start);

            assertThat(decoder.decode(extended.array()).pixels())
                    .as("first block of " + first)
                    .isEqualTo(image.pixels());
        }
    }

    /** Its screen is small, and only its frame claims gigabytes. */
    @Test
    void refusesAGifWhoseFrameDeclaresMoreThanAnyPhotograph() {
        byte[] gif = {
            'G',
            'I',
            'F',
            '8',
            '9',
            'a',
            1,
            0,
            1,
            0,
            0,
            0,
            0,
            ',',
            0,
            0,
            0,
            0,
            0,
            (byte) 0x90,
            0,
            (byte) 0x90,
            0,
            2,
            1,
            0,
            0,
            ';'
        };

        assertThatThrownBy(() -> decoder.decode(gif))
                .isInstanceOf(MalformedImage.class)
                .hasMessage("has 36864×36864 pixels by its header, more than 89478485");
    }
}
