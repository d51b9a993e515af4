package io.github.sparkcnn.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.UserException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompressedInputTest {
    private static final String FILE = "/data/a.gz";
    private static final byte[] CONTENT = new byte[20_000];

    static {
        new Random(1).nextBytes(CONTENT);
    }

    @Test
    void readsWhatWasCompressed() throws IOException {
        assertThat(read(gzip(CONTENT))).isEqualTo(CONTENT);
    }

    @Test
    void readsEveryMemberThoughTheFileSystemNeverSaysWhatIsAvailable() throws IOException {
        byte[] empty = gzip(new byte[0]);
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(empty);
        both.write(gzip(CONTENT));
        InputStream silent = new FilterInputStream(new ByteArrayInputStream(both.toByteArray())) {
            /** One member a call, so that nothing is left in the decompressor's buffer. */
            private int left = empty.length;

            @Override
            public int read(byte[] buffer, int from, int most) throws IOException {
                int read = super.read(buffer, from, left > 0 ? Math.min(left, most) : most);
                left -= read;
                return read;
            }

            @Override
            public int available() {
                return 0;
            }
        };

        try (InputStream in = CompressedInput.gzip(FILE, silent)) {
            assertThat(in.readAllBytes()).isEqualTo(CONTENT);
        }
    }

    @Test
    void saysWhereAFileIsCutOff() throws IOException {
        byte[] whole = gzip(CONTENT);
        for (int length : new int[] {0, 1, 9, 10, 11, 10_000, whole.length - 8, whole.length - 1}) {
            assertThatThrownBy(() -> read(Arrays.copyOf(whole, length)))
                    .as(length + " bytes")
                    .isInstanceOf(UserException.class)
                    .hasMessageMatching("Cannot read /data/a.gz: it is cut off: its compressed bytes end after \\d+"
                            + " bytes of content. Download or write the file again.");
        }
    }

    @Test
    void saysWhereBytesAreDamaged() throws IOException {
        byte[] zipped = gzip(CONTENT);
        zipped[zipped.length - 6] ^= 1; // of the sum

        assertThatThrownBy(() -> read(zipped))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot read /data/a.gz: its compressed bytes are damaged after 20000 bytes of content"
                        + " (Corrupt GZIP trailer). Download or write the file again.");
    }

    @Test
    void saysThatATextIsNotCompressed() {
        assertThatThrownBy(() -> read("label,pixel1\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot read /data/a.gz: it does not begin as such a compressed file does"
                        + " (Not in GZIP format). Download or write the file again.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.csv.gz", "a.csv.bz2", "a.csv.deflate"})
    void damageIsTheUsersMistakeThroughHadoopsCodecsToo(String name) throws IOException {
        CompressionCodec codec = new CompressionCodecFactory(new Configuration()).getCodec(new Path(name));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = codec.createOutputStream(bytes)) {
            out.write(CONTENT);
        }
        byte[] damaged = bytes.toByteArray();
        Arrays.fill(damaged, damaged.length / 2, damaged.length, (byte) 0x55);
        byte[] cut = Arrays.copyOf(damaged, damaged.length / 2);

        for (byte[] bad : new byte[][] {damaged, cut}) {
            assertThatThrownBy(() -> {
                        try (InputStream in =
                                CompressedInput.of(name, new ByteArrayInputStream(bad), codec::createInputStream)) {
                            in.readAllBytes();
                        }
                    })
                    .isInstanceOf(UserException.class)
                    .hasMessageStartingWith("Cannot read " + name + ": ");
        }
    }

    @Test
    void aFileSystemThatFailsIsNoMistakeOfTheUsers() throws IOException {
        byte[] zipped = gzip(CONTENT);
        InputStream failing = new FilterInputStream(new ByteArrayInputStream(zipped)) {
            private int reads;

            @Override
            public int read(byte[] buffer, int from, int most) throws IOException {
                if (reads++ > 1) {
                    throw new IOException("connection reset");
                }
                return super.read(buffer, from, Math.min(most, 1000));
            }
        };

        assertThatThrownBy(() -> {
                    try (InputStream in = CompressedInput.gzip(FILE, failing)) {
                        in.readAllBytes();
                    }
                })
                .isInstanceOf(IOException.class)
                .hasMessage("connection reset");
    }

    private static byte[] read(byte[] compressed) throws IOException {
        try (InputStream in = CompressedInput.gzip(FILE, new ByteArrayInputStream(compressed))) {
            return in.readAllBytes();
        }
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }
}
