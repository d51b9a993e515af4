package io.github.sparkcnn.data.folder;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.fuzz.Scratch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;

class TarIndexTest {

    private static final int TYPE = 156;

    private final Scratch scratch = new Scratch();

    @Test
    void takesChecksumsOfSignedBytes() throws IOException {
        byte[] tar = tar("katze/süß.png");
        sum(tar, true);

        assertThat(index(tar).members()).extracting(Member::name).containsExactly("katze/süß.png");
    }

    @Test
    void refusesAnotherChecksum() throws IOException {
        byte[] tar = tar("cat/a.png");
        tar[0]++;

        assertThatThrownBy(() -> index(tar))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("the checksum of a header is wrong");
    }

    @Test
    void refusesASparseFile() throws IOException {
        byte[] tar = tar("cat/a.png");
        tar[TYPE] = 'S';
        sum(tar, false);

        assertThatThrownBy(() -> index(tar))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot read " + scratch.root().getPath().toUri().getPath() + "/a.tar: cat/a.png in it is a"
                        + " sparse file. Write the tar without --sparse, which leaves zeros out.");
    }

    private Tree index(byte[] tar) throws IOException {
        return TarIndex.of(Scratch.STORAGE, scratch.file("a.tar", tar));
    }

    private static byte[] tar(String name) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, UTF_8.name())) {
            TarArchiveEntry entry = new TarArchiveEntry(name);
            entry.setSize(3);
            tar.putArchiveEntry(entry);
            tar.write(new byte[] {1, 2, 3});
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    /** Writes the checksum of the first header, in which it counts as eight blanks. */
    private static void sum(byte[] tar, boolean signed) {
        int sum = 8 * ' ';
        for (int i = 0; i < TarHeader.BLOCK; i++) {
            sum += i >= 148 && i < TYPE ? 0 : signed ? tar[i] : tar[i] & 0xff;
        }
        System.arraycopy(String.format(Locale.ROOT, "%06o\0 ", sum).getBytes(US_ASCII), 0, tar, 148, 8);
    }
}
