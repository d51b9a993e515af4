package io.github.sparkcnn.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.FileException;
import io.github.sparkcnn.UserException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageTest {
    private final Storage storage = Storage.ofLocalMaster(new Configuration());

    @TempDir
    java.nio.file.Path folder;

    @Test
    void aPathWithoutASchemeIsLocalOnALocalMaster() {
        Configuration cluster = new Configuration();
        cluster.set("fs.defaultFS", "viewfs://cluster/");

        assertThat(Storage.ofMaster("local[2]", cluster).path("/data/train.csv"))
                .hasToString("file:/data/train.csv");
        assertThat(Storage.ofMaster("local[2]", cluster)
                        .path("train set:1.csv")
                        .toUri()
                        .getPath())
                .endsWith("/train set:1.csv");
    }

    @Test
    void aPathWithoutASchemeIsOnTheDefaultFileSystemOfACluster() {
        Configuration cluster = new Configuration();
        cluster.set("fs.defaultFS", "file:///");

        assertThat(Storage.ofMaster("spark://host:7077", cluster).path("/data/train.csv"))
                .hasToString("file:/data/train.csv");
    }

    @Test
    void aPathWithASchemeStaysWhatItIs() {
        assertThat(storage.path("hdfs://namenode:8020/data")).hasToString("hdfs://namenode:8020/data");
    }

    @Test
    void writesAFileWithNothingBesideIt() throws IOException {
        write("a/b/file.txt", "first");
        write("a/b/file.txt", "second");

        assertThat(read("a/b/file.txt")).isEqualTo("second");
        assertThat(namesIn("a/b")).containsExactly("file.txt");
    }

    @Test
    void aFailedWriteLeavesTheOldFileAndNothingElse() throws IOException {
        write("file.txt", "old");

        assertThatThrownBy(() -> storage.write(path("file.txt"), out -> {
                    out.write('x');
                    throw new IOException("disk full");
                }))
                .isInstanceOf(FileException.class)
                .hasMessage("cannot write " + path("file.txt") + ": disk full");
        assertThat(read("file.txt")).isEqualTo("old");
        assertThat(namesIn(".")).containsExactly("file.txt");
    }

    /** What is not there yet has no room left either, as Java has it. */
    @Test
    void whatHasAnotherReasonIsNotTakenForAFullDisk() throws IOException {
        write("file.txt", "content");

        assertThatThrownBy(() -> storage.write(path("new.txt"), out -> {
                    throw new IOException("the source broke off");
                }))
                .isInstanceOf(FileException.class)
                .hasMessage("cannot write " + path("new.txt") + ": the source broke off");
        assertThatThrownBy(() -> write("file.txt/below", "x"))
                .isInstanceOf(FileException.class)
                .hasMessageContaining("file.txt");
        assertThatThrownBy(() -> storage.createFolder(path("file.txt/below")))
                .isInstanceOf(FileException.class)
                .hasMessageContaining("file.txt");
        assertThatThrownBy(() -> storage.append(path("file.txt/below")))
                .isInstanceOf(FileException.class)
                .hasMessageContaining("file.txt");
        assertThatThrownBy(() -> storage.writeFolder(path("file.txt/below"), f -> {}))
                .isInstanceOf(FileException.class)
                .hasMessageContaining("file.txt");
        assertThatThrownBy(() -> storage.createNew(path("file.txt/below"), out -> {}))
                .isInstanceOf(FileException.class)
                .hasMessageContaining("file.txt");
        assertThatThrownBy(() -> storage.rename(path("nothing"), path("new.txt")))
                .isInstanceOf(FileException.class)
                .hasMessageContaining("nothing");
        assertThat(read("file.txt")).isEqualTo("content");
    }

    @Test
    void replacesAFolderAsAWhole() throws IOException {
        storage.writeFolder(path("model"), f -> storage.write(new Path(f, "one"), out -> out.write(1)));
        storage.writeFolder(path("model"), f -> storage.write(new Path(f, "two"), out -> out.write(2)));

        assertThat(namesIn("model")).containsExactly("two");
        assertThat(namesIn(".")).containsExactly("model");
    }

    @Test
    void aFailedFolderLeavesTheOldOne() throws IOException {
        storage.writeFolder(path("model"), f -> storage.write(new Path(f, "one"), out -> out.write(1)));

        assertThatThrownBy(() -> storage.writeFolder(path("model"), f -> {
                    throw new IllegalStateException("diverged");
                }))
                .hasMessage("diverged");
        assertThat(namesIn("model")).containsExactly("one");
        assertThat(namesIn(".")).containsExactly("model");
    }

    @Test
    void doesNotReplaceAFolderByAFile() {
        storage.createFolder(path("model"));

        assertThatThrownBy(() -> write("model", "x")).hasMessageContaining("is a folder");
    }

    @Test
    void writesAndReadsNamesWithColons() throws IOException {
        String time = "2026-11-28T06:00:00+00:00";
        write(time, "old");
        write(time, "file");
        storage.writeFolder(path("run:" + time), f -> storage.write(Storage.in(f, time), out -> out.write('x')));
        new NamedOutput(storage, path("new:" + time), "--output").requireWritable();

        assertThat(read(time)).isEqualTo("file");
        assertThat(namesIn("run:" + time)).containsExactly(time);
        assertThat(storage.list(path("run:" + time)))
                .extracting(s -> s.getPath().getName())
                .containsExactly(time);
        assertThat(namesIn(".")).containsExactlyInAnyOrder(time, "run:" + time);
    }

    @Test
    void aClusterTakesNamesWithColonsWhereItsFileSystemDoes() {
        Configuration cluster = new Configuration();
        cluster.set("fs.defaultFS", "file:///");

        assertThat(Storage.ofMaster("yarn", cluster).path("06:00").getName()).isEqualTo("06:00");
    }

    @Test
    void refusesAFolderWithANameThatWouldBeLeftOut() throws Exception {
        write("a.csv", "1");
        Process bash = new ProcessBuilder("bash", "-c", "touch \"$0\"/$'\\xe9t\\xe9.csv'", folder.toString()).start();
        assertThat(bash.waitFor()).isZero();

        assertThatThrownBy(() -> storage.list(path(".")))
                .isInstanceOf(UserException.class)
                .hasMessageMatching(
                        "Cannot list .*: it holds a file whose name \\(\\?t\\?.csv\\) is no .*, the encoding of this"
                                + " process. Set LC_ALL=C.UTF-8, or rename the file.");
    }

    @Test
    void refusesToOverwriteAFile() {
        write("file.txt", "old");
        storage.createFolder(path("folder"));

        new NamedOutput(storage, path("new.txt"), "--onnx").requireNewFile();
        assertThatThrownBy(() -> new NamedOutput(storage, path("file.txt"), "--onnx").requireNewFile())
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot write " + path("file.txt")
                        + ": it exists already. Choose another --onnx or delete it.");
        assertThatThrownBy(() -> new NamedOutput(storage, path("folder"), "--onnx").requireNewFile())
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot write " + path("folder") + ": it is a folder. Set --onnx to a file.");
    }

    @Test
    void closesAFileThatItCannotSeekIn() throws IOException {
        write("file.txt", "text");

        assertThatThrownBy(() -> storage.open(path("file.txt"), -1)).isInstanceOf(FileException.class);

        try (var open = Files.list(java.nio.file.Path.of("/proc/self/fd"))) {
            assertThat(open.map(StorageTest::linked))
                    .doesNotContain(folder.resolve("file.txt").toString());
        }
    }

    private static String linked(java.nio.file.Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }

    @Test
    void listsWithoutHiddenNamesInOrder() {
        List.of("part-1", "part-0", "_SUCCESS", ".part-0.crc").forEach(name -> write("out/" + name, ""));

        assertThat(storage.list(path("out")))
                .extracting(s -> s.getPath().getName())
                .containsExactly("part-0", "part-1");
    }

    @Test
    void readsAFileThatWasCopiedOverOneWithAHadoopChecksum() throws IOException {
        Path file = path("file.txt");
        try (var out = file.getFileSystem(new Configuration()).create(file)) {
            out.write("with a checksum".getBytes(UTF_8));
        }
        write("file.txt", "without");

        try (InputStream in = file.getFileSystem(new Configuration()).open(file)) {
            assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo("without");
        }
    }

    /** As the system does in a folder with a sticky bit to who is not the file's owner. */
    public static final class StickyDisk extends RawLocalFileSystem {
        @Override
        public String getScheme() {
            return "sticky";
        }

        @Override
        public URI getUri() {
            return URI.create("sticky:///");
        }

        @Override
        public boolean delete(Path path, boolean recursive) {
            return false;
        }
    }

    @Test
    void saysThatItCannotDelete() throws IOException {
        Configuration configuration = new Configuration();
        configuration.setClass("fs.sticky.impl", StickyDisk.class, FileSystem.class);
        Storage sticky = Storage.ofLocalMaster(configuration);
        Files.createFile(folder.resolve("theirs"));

        sticky.delete(new Path("sticky:" + folder.resolve("none")));
        assertThatThrownBy(() -> sticky.delete(new Path("sticky:" + folder.resolve("theirs"))))
                .isInstanceOf(FileException.class)
                .hasMessage(
                        "cannot delete sticky:" + folder.resolve("theirs") + ": the file system does not let it go");
    }

    public static final class TornDisk extends RawLocalFileSystem {
        @Override
        public String getScheme() {
            return "torn";
        }

        @Override
        public URI getUri() {
            return URI.create("torn:///");
        }

        @Override
        public boolean delete(Path path, boolean recursive) throws IOException {
            throw new EOFException();
        }
    }

    private static Storage torn() {
        Configuration configuration = new Configuration();
        configuration.setClass("fs.torn.impl", TornDisk.class, FileSystem.class);
        return Storage.ofLocalMaster(configuration);
    }

    @Test
    void anExceptionWithoutAMessageIsNamedByItsKind() throws IOException {
        Files.createFile(folder.resolve("theirs"));

        assertThatThrownBy(() -> torn().delete(new Path("torn:" + folder.resolve("theirs"))))
                .isInstanceOf(FileException.class)
                .hasMessage("cannot delete torn:" + folder.resolve("theirs") + ": EOFException");
    }

    @Test
    void whatTidyingUpFailsForDoesNotHideWhyTheWriteFailed() {
        Path target = new Path("torn:" + folder.resolve("new"));

        assertThatThrownBy(() -> torn().write(target, out -> {
                    throw new IOException("spoiled");
                }))
                .isInstanceOf(FileException.class)
                .hasMessage("cannot write " + target + ": spoiled")
                .cause()
                .hasSuppressedException(new EOFException());
        assertThatThrownBy(() -> torn().writeFolder(target, temporary -> {
                    throw new IllegalStateException("spoiled");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("spoiled")
                .hasSuppressedException(new EOFException());
    }

    @Test
    void namesTheMissingFile() {
        assertThatThrownBy(() -> storage.open(path("absent"))).hasMessageStartingWith("cannot open " + path("absent"));
        assertThat(storage.exists(path("absent"))).isFalse();
    }

    private Path path(String name) {
        return storage.path(folder.resolve(name).toString());
    }

    private void write(String name, String text) {
        storage.write(path(name), out -> out.write(text.getBytes(UTF_8)));
    }

    private String read(String name) throws IOException {
        return Files.readString(folder.resolve(name));
    }

    private List<String> namesIn(String name) throws IOException {
        try (var paths = Files.list(folder.resolve(name))) {
            return paths.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }
}
