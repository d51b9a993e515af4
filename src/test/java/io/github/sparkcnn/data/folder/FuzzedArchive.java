package io.github.sparkcnn.data.folder;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sparkcnn.config.DataConfig.Malformed;
import io.github.sparkcnn.data.decode.PillowImages;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.LeftOut;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.fuzz.Compressed;
import io.github.sparkcnn.fuzz.Compressed.Entry;
import io.github.sparkcnn.fuzz.InTask;
import io.github.sparkcnn.fuzz.OutsideReader;
import io.github.sparkcnn.fuzz.Scratch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.hadoop.fs.FileStatus;

/** A zip or tar of images in folders; what is in it stays in it. */
public record FuzzedArchive(String name, Scratch scratch) implements OutsideReader {
    private static final byte[] PNG = PillowImages.image("png rgb");
    private static final byte[] BOMB = new byte[8_000_000];

    public FuzzedArchive(String name) {
        this(name, new Scratch());
    }

    @Override
    public List<byte[]> seeds() throws Exception {
        return name.equals("zip") ? zips() : tars();
    }

    private static List<byte[]> zips() throws IOException {
        return List.of(
                Compressed.stored(new Entry("cat/a.png", PNG), new Entry("dog/b.png", PNG)),
                Compressed.deflated(new Entry("train/x/1.png", PNG), new Entry("test/x/2.png", PNG)),
                Compressed.deflated(new Entry("cat/a.png", PNG), new Entry("cat/bomb.png", BOMB)),
                Compressed.stored(
                        new Entry("../../escaped/a.png", PNG),
                        new Entry("/tmp/escaped.png", PNG),
                        new Entry("..\\up\\a.png", PNG),
                        new Entry("x/../../../b.png", PNG)));
    }

    private static List<byte[]> tars() throws IOException {
        String far = "cat/" + "b".repeat(120) + ".png";
        return List.of(
                tar(TarArchiveOutputStream.LONGFILE_GNU, "", "cat/a.png", far),
                tar(TarArchiveOutputStream.LONGFILE_POSIX, "", "cat/a.png", far),
                tar(TarArchiveOutputStream.LONGFILE_POSIX, "22 mtime=1e9999999999\n", "cat/a.png", "dog/b.png"),
                tar(TarArchiveOutputStream.LONGFILE_POSIX, "18 size=999999999\n", "cat/a.png", "dog/b.png"),
                tar(TarArchiveOutputStream.LONGFILE_GNU, "", "../../escaped/a.png", "/tmp/escaped.png"));
    }

    /** With records of POSIX before the first file. */
    private static byte[] tar(int longNames, String records, String... names) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, UTF_8.name())) {
            tar.setLongFileMode(longNames);
            if (!records.isEmpty()) {
                TarArchiveEntry extended = new TarArchiveEntry("x", TarConstants.LF_PAX_EXTENDED_HEADER_LC);
                put(tar, extended, records.getBytes(UTF_8));
            }
            for (String name : names) {
                put(tar, new TarArchiveEntry(name, true), PNG);
            }
            TarArchiveEntry link = new TarArchiveEntry("cat/again.png", TarConstants.LF_LINK);
            link.setLinkName(names[0]);
            link.setModTime(0L);
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    private static void put(TarArchiveOutputStream tar, TarArchiveEntry entry, byte[] content) throws IOException {
        entry.setSize(content.length);
        entry.setModTime(0L); // the same bytes at any time
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    @Override
    public List<String> words() {
        return List.of(
                "../",
                "/",
                "\\",
                ".png",
                "PK\1\2",
                "PK\5\6",
                "PK\6\6",
                "ustar",
                "mtime=1e999999999",
                "GNU.sparse",
                "\n");
    }

    @Override
    public void read(byte[] input) throws Exception {
        FileStatus root = scratch.file("images." + name, input);
        ImageSource source = new ImageSource("images", "data.train", Split.TRAIN, "images");
        Found found = Found.at(Scratch.STORAGE, root, source);
        List<String> folders = found.requireClasses();
        for (Chunk chunk : Chunk.of(found.tree().members(), folders)) {
            InTask.drain(() -> new ReadChunk(
                            Scratch.HADOOP,
                            found.container(),
                            found.look().wanted(),
                            Malformed.DROP,
                            new LeftOut("files"))
                    .call(chunk));
        }
        scratch.requireOnly("images." + name);
    }

    @Override
    public int tries() {
        return 800;
    }
}
