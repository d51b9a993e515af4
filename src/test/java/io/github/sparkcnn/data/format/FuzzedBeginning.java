package io.github.sparkcnn.data.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sparkcnn.data.decode.PillowImages;
import io.github.sparkcnn.fuzz.Compressed;
import io.github.sparkcnn.fuzz.Compressed.Entry;
import io.github.sparkcnn.fuzz.OutsideReader;
import io.github.sparkcnn.fuzz.Scratch;
import java.util.List;
import java.util.stream.Stream;

/** A file of which nobody has said what it is: every format looks at its first bytes. */
public record FuzzedBeginning(Scratch scratch) implements OutsideReader {
    private static final String FILE = "file";

    public FuzzedBeginning() {
        this(new Scratch());
    }

    @Override
    public String name() {
        return "format-auto";
    }

    @Override
    public List<byte[]> seeds() throws Exception {
        byte[] png = PillowImages.image("png rgb");
        return List.of(
                png,
                "label,pixel1\n1,2\n".getBytes(UTF_8),
                Compressed.gzip("1,2\n".getBytes(UTF_8)),
                Compressed.gzip(new byte[8_000_000]),
                Compressed.stored(new Entry("cat/a.png", png)),
                Compressed.stored(new Entry("x.npy", "\u0093NUMPY".getBytes(ISO_8859_1))),
                ("x".repeat(257) + "ustar\00000" + "\0".repeat(512)).getBytes(UTF_8),
                "\0\0\10\3\0\0\0\1\0\0\0\1\0\0\0\1x".getBytes(ISO_8859_1),
                "\200\2cnumpy.core".getBytes(ISO_8859_1));
    }

    @Override
    public List<String> words() {
        return Stream.of(
                        "PAR1", "ORC", "Obj\1", "GIF89a", "BM", "\u001f\u008b", "PK\3\4", "ustar", "BZh9", "<?xml", "{")
                .toList();
    }

    @Override
    public void read(byte[] input) throws Exception {
        new ImageFormats().of(ImageFormats.AUTO, Scratch.STORAGE, scratch.file(FILE, input));
        scratch.requireOnly(FILE);
    }

    @Override
    public int tries() {
        return 150;
    }
}
