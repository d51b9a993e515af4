package io.github.sparkcnn.data.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.image.PackedImages;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files were written by pickle/make_pickles.py, which gives the formula of their pixels and labels. */
class MnistPickleTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "python2-protocol0",
                "python2-protocol2",
                "python3-protocol0",
                "python3-protocol1",
                "python3-protocol2"
            })
    void readsTheBytesThatTheFloatsWereMadeOf(String name) throws IOException {
        MnistPickle mnist = read(name);

        assertIsPart(mnist.train(), 0, 5);
        assertIsPart(mnist.validation(), 1, 3);
        assertIsPart(mnist.test(), 2, 2);
    }

    private static void assertIsPart(PackedImages images, int part, int count) {
        assertThat(images.size()).isEqualTo(count);
        for (int j = 0; j < count; j++) {
            assertThat(images.label(j)).isEqualTo((3 * j + part) % 10);
            assertThat(images.indices()[j]).isEqualTo(j);
            for (int i = 0; i < 784; i++) {
                assertThat(images.pixels()[784 * j + i] & 0xff).isEqualTo((31 * i + 7 * j + part) % 256);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    evil         | at byte 2 it asks for posix.system, and only NumPy's arrays are allowed
                    dictionary   | at byte 2 is the opcode 0x7d ('}'), which no array needs
                    protocol4    | it has pickle protocol 4, not 0 to 2
                    doubles      | its training images have the type f8, not f4
                    labels32     | its validation labels have the type i4, not i8
                    two-parts    | it does not hold three parts (training, validation, test)
                    narrow       | its test images have the shape [2, 783], not [2, 784]
                    fewer-labels | its training images have the shape [5, 784], not [4, 784]
                    by255        | among its training images is 0.121568635, which is no whole number of 256ths below 1
                    label10      | among its training labels is 10, which is no digit
                    """)
    void refuses(String name, String reason) {
        assertThatThrownBy(() -> read(name))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot read " + name + ".pkl.gz: " + reason
                        + ". Give the original mnist.pkl.gz, or the IDX" + " files with data.format = idx.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"python2-protocol0", "python2-protocol2", "python3-protocol2"})
    void refusesAFileThatIsCutOffAnywhere(String name) throws IOException {
        byte[] whole;
        try (InputStream in = stream(name)) {
            whole = in.readAllBytes();
        }
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> MnistPickle.read(new ByteArrayInputStream(cut), "cut"))
                    .as(length + " bytes")
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("cut off");
        }
    }

    @Test
    void refusesAFileThatIsNoPickle() {
        assertThatThrownBy(() -> MnistPickle.read(new ByteArrayInputStream(new byte[100]), "plain"))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot read plain: at byte 0 is the opcode 0x00");
    }

    @Test
    void refusesBytesThatAreNoPickle() {
        byte[][] invalid = {
            {'R', '.'},
            {'K', 1, 'a', '.'},
            {')', 'K', 1, 'a', '.'},
            {')', '(', 'K', 1, 'e', '.'},
            {'.'},
            {'h', 3, '.'},
            {')', ')', 'R', '.'},
            {'t', '.'}
        };
        for (byte[] bytes : invalid) {
            assertThatThrownBy(() -> PickleReader.read(new ByteArrayInputStream(bytes), "bytes"))
                    .isInstanceOf(UserException.class)
                    .hasMessageStartingWith("Cannot read bytes: ");
        }
    }

    private static MnistPickle read(String name) throws IOException {
        try (InputStream in = stream(name)) {
            return MnistPickle.read(in, name + ".pkl.gz");
        }
    }

    private static InputStream stream(String name) {
        return MnistPickleTest.class.getResourceAsStream("/pickle/" + name + ".pkl.gz");
    }
}
