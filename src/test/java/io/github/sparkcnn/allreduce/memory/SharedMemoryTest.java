package io.github.sparkcnn.allreduce.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SharedMemoryTest {
    private static final int SLOT = 64;
    private static final String HEX = "00112233445566778899aabbccddeeff";

    @TempDir
    private Path folder;

    @Test
    void whatOneEndWritesTheOtherReads() throws IOException {
        try (MemoryOut out = MemoryOut.create(folder, 2, SLOT);
                MemoryIn in = MemoryIn.open(folder, out.offer(), SLOT)) {
            out.unlink();
            int first = out.put(bytes(1, 2, 3)).orElseThrow();
            int second = out.put(bytes(4)).orElseThrow();

            assertThat(read(in, second, 1)).containsExactly(4);
            assertThat(read(in, first, 3)).containsExactly(1, 2, 3);
        }
    }

    @Test
    void aSlotIsTakenUntilItIsFree() throws IOException {
        try (MemoryOut out = MemoryOut.create(folder, 2, SLOT)) {
            int first = out.put(bytes(1)).orElseThrow();
            assertThat(out.put(bytes(2))).isPresent();
            assertThat(out.put(bytes(3))).isEmpty();

            out.free(first);

            assertThat(out.put(bytes(3))).isEqualTo(OptionalInt.of(first));
            assertThat(out.put(bytes(4))).isEmpty();
        }
    }

    @Test
    void nobodyElseCanReadTheFileAndItsNameGoesAway() throws IOException {
        try (MemoryOut out = MemoryOut.create(folder, 3, SLOT)) {
            assertThat(files()).singleElement().satisfies(file -> {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
                assertThat(Files.size(file)).isEqualTo(MemoryFile.HEAD + 3 * SLOT);
            });

            out.unlink();
            out.unlink();

            assertThat(files()).isEmpty();
        }
    }

    @Test
    void isGivenBackAtTheEnd() throws IOException {
        MemoryOut out = MemoryOut.create(folder, 1, SLOT);
        MemoryIn in = MemoryIn.open(folder, out.offer(), SLOT);
        assertThat(mapped()).hasSize(2);
        int slot = out.put(bytes(1)).orElseThrow();
        out.close();
        out.close();
        in.close();
        in.close();

        assertThat(mapped()).isEmpty();
        assertThat(out.put(bytes(1))).isEmpty();
        assertThat(read(in, slot, 1)).as("nothing is read any more").isEmpty();
    }

    @Test
    void aFileOfThatNameWithAnotherTokenIsAnotherHosts() throws IOException {
        try (MemoryOut out = MemoryOut.create(folder, 1, SLOT)) {
            MemoryOffer offer = new MemoryOffer(out.offer().file(), HEX, 1);

            assertThatThrownBy(() -> MemoryIn.open(folder, offer, SLOT))
                    .isInstanceOf(IOException.class)
                    .hasMessageEndingWith(" has another token");
        }
    }

    @Test
    void aFileThatIsNotHereIsRefused() throws IOException {
        try (MemoryOut out = MemoryOut.create(folder, 1, SLOT)) {
            out.unlink();

            assertThatThrownBy(() -> MemoryIn.open(folder, out.offer(), SLOT)).isInstanceOf(IOException.class);
        }
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void nothingButSuchAFileIsOpened() throws Exception {
        try (MemoryOut out = MemoryOut.create(folder, 1, SLOT)) {
            Path file = folder.resolve(out.offer().file());
            Path moved = folder.resolve("moved");
            assertRefused(new MemoryOffer(out.offer().file(), out.offer().token(), 2), "of another length");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
            assertRefused(out.offer(), "readable by others");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            Files.move(file, moved);
            Files.createSymbolicLink(file, moved);
            assertRefused(out.offer(), "a link");
            Files.delete(file);
            assertThat(new ProcessBuilder("mkfifo", "-m", "600", file.toString())
                            .start()
                            .waitFor())
                    .isZero();
            assertRefused(out.offer(), "a pipe, which would wait for its other end");
        }
    }

    @Test
    void anOfferNamesNoFileElsewhere() {
        for (String file : List.of("", "/etc/passwd", "../sparkcnn-" + HEX, "sparkcnn-" + HEX + "/..", "sparkcnn-x")) {
            assertThatThrownBy(() -> new MemoryOffer(file, HEX, 1))
                    .as(file)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new MemoryOffer("sparkcnn-" + HEX, "short", 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new MemoryOffer("sparkcnn-" + HEX, HEX, 1 << 20))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsWithinASlotOnly() throws IOException {
        try (MemoryOut out = MemoryOut.create(folder, 2, SLOT);
                MemoryIn in = MemoryIn.open(folder, out.offer(), SLOT)) {
            for (int[] wrong : new int[][] {{-1, 1}, {2, 1}, {0, -1}, {0, SLOT + 1}}) {
                assertThatThrownBy(() -> read(in, wrong[0], wrong[1])).isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Test
    void aFolderThatIsNotThereIsAnException() {
        assertThatThrownBy(() -> MemoryOut.create(folder.resolve("absent"), 1, SLOT))
                .isInstanceOf(IOException.class);
    }

    private void assertRefused(MemoryOffer offer, String because) {
        assertThatThrownBy(() -> MemoryIn.open(folder, offer, SLOT))
                .as(because)
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith(" is none of ours");
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private List<String> mapped() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/maps")).stream()
                .filter(line -> line.contains(folder.toString()))
                .toList();
    }

    private static List<Integer> read(MemoryIn in, int slot, int bytes) {
        List<Integer> read = new ArrayList<>();
        in.read(slot, bytes, memory -> {
            while (memory.hasRemaining()) {
                read.add((int) memory.get());
            }
        });
        return read;
    }

    private static ByteBuffer bytes(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length);
        for (int value : values) {
            bytes.put((byte) value);
        }
        return bytes.flip();
    }
}
