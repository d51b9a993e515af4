package io.github.sparkcnn.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.NativeCodeLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalFilesTest {

    @TempDir
    java.nio.file.Path folder;

    private interface Action {
        void run() throws IOException;
    }

    /** Hadoop's own is the oracle, and that it starts processes shows that they would be seen. */
    @ParameterizedTest
    @ValueSource(strings = {"022", "077", "000"})
    void permissionsAreHadoopsWithoutAProcess(String umask) throws IOException {
        Configuration configuration = new Configuration();
        configuration.set("fs.permissions.umask-mode", umask);
        LocalFileSystem hadoop = FileSystem.newInstanceLocal(configuration);
        FileSystem ours = LocalFiles.of(hadoop, configuration);

        List<String> ofHadoop = processes(() -> make(hadoop.getRawFileSystem(), "hadoop"));
        assertThat(ofHadoop.isEmpty()).isEqualTo(NativeCodeLoader.isNativeCodeLoaded());
        assertThat(processes(() -> make(ours, "ours"))).isEmpty();

        for (String made : List.of("", "/file")) {
            assertThat(permissions("ours" + made)).as(made).isEqualTo(permissions("hadoop" + made));
        }
    }

    @Test
    void aStickyBitIsSet() throws IOException {
        FileSystem ours = LocalFiles.of(FileSystem.getLocal(new Configuration()), new Configuration());
        make(ours, "sticky");

        ours.setPermission(path("sticky"), new FsPermission((short) 01755));

        assertThat((int) Files.getAttribute(folder.resolve("sticky"), "unix:mode") & 07777)
                .isEqualTo(01755);
    }

    /** As Hadoop's does. */
    @Test
    void aFolderIsDeletedAloneWhenItIsEmpty() throws IOException {
        FileSystem ours = LocalFiles.of(FileSystem.getLocal(new Configuration()), new Configuration());
        make(ours, "filled");

        assertThatThrownBy(() -> ours.delete(path("filled"), false)).isInstanceOf(IOException.class);
        assertThat(folder.resolve("filled/file")).exists();

        assertThat(ours.delete(path("filled/file"), false)).isTrue();
        assertThat(ours.delete(path("filled"), false)).isTrue();
        assertThat(folder.resolve("filled")).doesNotExist();
        assertThat(ours.delete(path("filled"), false)).isFalse();
    }

    /** Hadoop's looks where it leads. */
    @Test
    void aLinkStays() throws IOException {
        FileSystem ours = LocalFiles.of(FileSystem.getLocal(new Configuration()), new Configuration());
        make(ours, "filled");
        Files.createSymbolicLink(folder.resolve("toFilled"), folder.resolve("filled"));
        Files.createSymbolicLink(folder.resolve("toNothing"), folder.resolve("nothing"));

        assertThatThrownBy(() -> ours.delete(path("toFilled"), false)).isInstanceOf(IOException.class);
        assertThat(ours.delete(path("toNothing"), false)).isFalse();

        assertThat(folder.resolve("toFilled/file")).exists();
        assertThat(Files.isSymbolicLink(folder.resolve("toNothing"))).isTrue();
    }

    private void make(FileSystem files, String name) throws IOException {
        files.mkdirs(path(name));
        files.create(path(name + "/file"), true).close();
    }

    private Path path(String name) {
        return new Path(folder.resolve(name).toUri());
    }

    private String permissions(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
    }

    /** What this thread has started. */
    private List<String> processes(Action action) throws IOException {
        java.nio.file.Path file = Files.createTempFile(folder, "started", ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.ProcessStart");
            recording.start();
            action.run();
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getThread().getJavaThreadId()
                        == Thread.currentThread().getId())
                .map((RecordedEvent event) -> event.getString("command"))
                .toList();
    }
}
