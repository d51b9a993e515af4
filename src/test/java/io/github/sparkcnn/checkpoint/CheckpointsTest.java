package io.github.sparkcnn.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.io.DataFile;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.LossPoint;
import io.github.sparkcnn.track.PartOfEpoch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointsTest {

    private static final float[] PARAMETERS = {
        0f, -0f, Float.MIN_VALUE, -Float.MAX_VALUE, Float.NaN, Float.intBitsToFloat(0x7f800001), (float) Math.PI
    };
    private static final int KEEP = 3;

    private final List<String> damaged = new ArrayList<>();

    @TempDir
    Path run;

    @Test
    void givesBackEveryBit() {
        Checkpoint written = checkpoint(7, 1);
        checkpoints().write(written, KEEP);

        Checkpoint read = checkpoints().newestWhole(damaged::add);

        assertThat(bits(read.network().parameters())).isEqualTo(bits(PARAMETERS));
        assertThat(bits(read.network().updater()))
                .isEqualTo(bits(written.network().updater()));
        assertThat(read.network().iteration()).isEqualTo(70);
        assertThat(read.network().epoch()).isEqualTo(3);
        assertThat(new Checkpoint(
                        read.epoch(),
                        read.part(),
                        written.network(),
                        read.seed(),
                        read.bestScore(),
                        read.origin(),
                        read.metrics()))
                .isEqualTo(written);
        assertThat(damaged).isEmpty();
    }

    @Test
    void oneWithinAnEpochGivesBackWhereItStands() throws IOException {
        checkpoints().write(within(7, 350), KEEP);

        Checkpoint read = checkpoints().newestWhole(damaged::add);

        assertThat(read.part()).isEqualTo(within(7, 350).part());
        assertThat(read.place()).isEqualTo("epoch 7 and 350 minibatches of epoch 8");
        assertThat(checkpoint(7, 1).place()).isEqualTo("epoch 7");
        assertThat(folders()).containsExactly("epoch-0007-minibatch-000350");
    }

    @Test
    void ofThoseWithinAnEpochTheNewestRemainsUntilTheEpochHasEnded() throws IOException {
        checkpoints().write(within(0, 5), 2);
        assertThat(checkpoints().isEmpty()).isFalse();
        for (int epoch = 1; epoch < 4; epoch++) {
            checkpoints().write(checkpoint(epoch, 1), 2);
            checkpoints().write(within(epoch, 20), 2);
            checkpoints().write(within(epoch, 100), 2);
        }
        assertThat(folders()).containsExactly("epoch-0002", "epoch-0003", "epoch-0003-minibatch-000100");
        assertThat(checkpoints().newestWhole(damaged::add).place()).isEqualTo("epoch 3 and 100 minibatches of epoch 4");

        checkpoints().write(checkpoint(4, 1), 2);

        assertThat(folders()).containsExactly("epoch-0003", "epoch-0004");
    }

    @Test
    void whereOneWithinAnEpochIsDamagedTheEpochBeforeIsUsed() throws IOException {
        checkpoints().write(checkpoint(1, 1), KEEP);
        checkpoints().write(within(1, 20), KEEP);
        Files.write(run.resolve("checkpoints/epoch-0001-minibatch-000020/state.json"), new byte[7]);

        assertThat(checkpoints().newestWhole(damaged::add).place()).isEqualTo("epoch 1");
        assertThat(damaged).hasSize(1);
    }

    private List<String> folders() throws IOException {
        try (Stream<Path> all = Files.list(run.resolve("checkpoints"))) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void writesLittleEndianFloats() throws IOException {
        checkpoints().write(checkpoint(1, 1), KEEP);

        byte[] bytes = Files.readAllBytes(run.resolve("checkpoints/epoch-0001/parameters.f32"));
        assertThat(Arrays.copyOfRange(bytes, 24, 28)).containsExactly(0xdb, 0x0f, 0x49, 0x40);
    }

    @ParameterizedTest
    @ValueSource(strings = {"parameters.f32", "updater.f32", "state.json", "checksums.json"})
    void usesTheOneBeforeWhereAByteIsWrong(String name) throws IOException {
        checkpoints().write(checkpoint(1, 1), KEEP);
        checkpoints().write(checkpoint(2, 2), KEEP);
        Path file = run.resolve("checkpoints/epoch-0002").resolve(name);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 4;
        Files.write(file, bytes);

        assertThat(checkpoints().newestWhole(damaged::add).epoch()).isEqualTo(1);
        assertThat(damaged)
                .singleElement()
                .asString()
                .startsWith("Skipped the damaged checkpoint file:" + run.resolve("checkpoints/epoch-0002") + ": ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"parameters.f32", "updater.f32", "state.json", "checksums.json"})
    void usesTheOneBeforeWhereAFileIsTruncatedOrMissing(String name) throws IOException {
        for (int epoch = 1; epoch <= 3; epoch++) {
            checkpoints().write(checkpoint(epoch, epoch), KEEP);
        }
        Path truncated = run.resolve("checkpoints/epoch-0003").resolve(name);
        Files.write(truncated, Arrays.copyOf(Files.readAllBytes(truncated), 9));
        Files.delete(run.resolve("checkpoints/epoch-0002").resolve(name));

        assertThat(checkpoints().newestWhole(damaged::add).epoch()).isEqualTo(1);
        assertThat(damaged).hasSize(2);
    }

    @Test
    void doesNotSeeHalfWrittenFolders() throws IOException {
        checkpoints().write(checkpoint(1, 1), KEEP);
        Files.createDirectories(run.resolve("checkpoints/.epoch-0002.tmp-4711"));
        Files.createDirectories(run.resolve("checkpoints/notes"));

        assertThat(checkpoints().newestWhole(damaged::add).epoch()).isEqualTo(1);
        assertThat(damaged).isEmpty();
    }

    @Test
    void deletesTheHalfWrittenFoldersOfAKilledDriverAndNothingElse() throws IOException {
        checkpoints().deleteUnfinished();
        checkpoints().write(checkpoint(1, 1), KEEP);
        Path folder = run.resolve("checkpoints");
        Files.createDirectories(
                folder.resolve(".epoch-0002.tmp-" + UUID.randomUUID()).resolve("below"));
        Files.createDirectories(folder.resolve(".epoch-0001.old-" + UUID.randomUUID()));
        Files.createDirectories(folder.resolve(".notes.tmp-4711"));

        checkpoints().deleteUnfinished();

        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("epoch-0001", ".notes.tmp-4711");
    }

    @Test
    void keepsTheNewestAndNoneOfALaterEpoch() throws IOException {
        for (int epoch : new int[] {1, 2, 9, 10_000, 3, 4, 5}) {
            checkpoints().write(checkpoint(epoch, 1), 2);
        }

        try (var names = Files.list(run.resolve("checkpoints"))) {
            assertThat(names.map(p -> p.getFileName().toString()))
                    .containsExactlyInAnyOrder("epoch-0004", "epoch-0005");
        }
    }

    @Test
    void sortsByNumberNotByName() {
        checkpoints().write(checkpoint(9_999, 1), KEEP);
        checkpoints().write(checkpoint(10_000, 1), KEEP);

        assertThat(checkpoints().newestWhole(damaged::add).epoch()).isEqualTo(10_000);
    }

    @Test
    void saysThatThereIsNone() {
        assertThatThrownBy(() -> checkpoints().newestWhole(damaged::add))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot resume file:" + run
                        + ": it has no checkpoint. Begin again without --resume in another --output.");
    }

    @Test
    void saysThatNoneIsWhole() throws IOException {
        checkpoints().write(checkpoint(1, 1), KEEP);
        Files.delete(run.resolve("checkpoints/epoch-0001/state.json"));

        assertThatThrownBy(() -> checkpoints().newestWhole(damaged::add))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("none of its 1 checkpoints is whole");
        assertThat(damaged).hasSize(1);
    }

    private Checkpoints checkpoints() {
        Storage storage = Storage.ofLocalMaster(new Configuration());
        return new Checkpoints(storage, storage.path(run.toString()));
    }

    private static Checkpoint checkpoint(int epoch, float moment) {
        return checkpoint(epoch, PartOfEpoch.NONE, moment);
    }

    private static Checkpoint within(int epoch, int minibatches) {
        List<LossPoint> curve = List.of(new LossPoint(minibatches / 2, 2_500_000_000L, 0.1 + 0.7));
        return checkpoint(epoch, new PartOfEpoch(minibatches, 0.1 + 0.2, 5_000_000_000L, 1 / 3.0, curve), minibatches);
    }

    private static Checkpoint checkpoint(int epoch, PartOfEpoch part, float moment) {
        return new Checkpoint(
                epoch,
                part,
                new NetworkState(PARAMETERS, new float[] {moment, 1e-38f, -moment}, 10 * epoch, 3),
                Long.MIN_VALUE + epoch,
                0.1 + 0.2,
                new Origin(
                        Map.of("training.seed", "1"),
                        "abc",
                        List.of(new DataFile("train.csv", 5_000_000_000L, "d")),
                        3),
                List.of(new EpochMetrics(1, 0.1 + 0.7, null, null, 1e-3, 60_000, 1.25, 1 / 7.0, 2)));
    }

    private static int[] bits(float[] values) {
        return IntStream.range(0, values.length)
                .map(i -> Float.floatToRawIntBits(values[i]))
                .toArray();
    }
}
