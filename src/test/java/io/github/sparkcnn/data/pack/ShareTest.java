package io.github.sparkcnn.data.pack;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.data.ImageTable;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.data.minibatch.MinibatchPlan;
import io.github.sparkcnn.data.minibatch.Minibatches;
import io.github.sparkcnn.data.sample.SampleGarments;
import io.github.sparkcnn.data.sample.SampleImages;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.image.PixelScale;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShareTest extends SparkTest {
    private static final int IMAGES = 211;
    private static final ShareLimits HEAP = new ShareLimits(7 * 784, 2 * 784, Long.MAX_VALUE);
    private static final ShareLimits FILE = new ShareLimits(7 * 784, 2 * 784, 0);

    @TempDir
    Path folder;

    @Test
    void aShareInAFileGivesTheSameMinibatchesAsOneOnTheHeap() {
        List<List<Float>> onTheHeap = minibatches(2, HEAP);

        assertThat(minibatches(2, FILE)).isEqualTo(onTheHeap);
        assertThat(onTheHeap).hasSize(2 * 2 * 7);
    }

    @Test
    void aShareInAFileIsKeptFromTaskToTask() {
        try (PackedTable table = sample().pack();
                Shares shares = table.all().deal(1, FILE)) {
            Share first = shares.opened().map(share -> HELD.hold(share)).first() ? HELD.share : null;
            Share second = shares.opened().map(share -> HELD.hold(share)).first() ? HELD.share : null;

            assertThat(first).isInstanceOf(MappedShare.class).isSameAs(second);
        }
        HELD.share = null;
    }

    @Test
    void aShareIsInBlocksNoLargerThanAllowed() {
        try (PackedTable table = sample().pack();
                Shares shares = table.all().deal(2, HEAP)) {
            assertThat(shares.images().map(PackedImages::size).collect())
                    .allMatch(size -> size <= 7)
                    .hasSize(16 + 15);
        }
    }

    @Test
    void theOnlyShareIsFetchedInMoreJobsThanOne() {
        try (PackedTable table = sample().pack();
                Shares shares = table.all().deal(1, new ShareLimits(784, 784, Long.MAX_VALUE))) {
            PackedImages all = SampleGarments.draw(Split.TRAIN, IMAGES, 1);
            Share share = shares.fetch();

            assertThat(share.size()).isEqualTo(IMAGES);
            assertThat(IntStream.range(0, IMAGES).map(share::label)).containsExactly(boxed(all.labels()));
            assertThat(pixels(share, IMAGES - 1))
                    .isEqualTo(all.range(IMAGES - 1, IMAGES).pixels());
        }
    }

    @Test
    void whereTheExecutorIsTheDriverTheShareInAFileIsNotCopied() {
        try (PackedTable table = sample().pack();
                Shares shares = table.all().deal(1, FILE)) {
            Share fetched = shares.fetch();

            assertThat(fetched.size()).isEqualTo(IMAGES);
            assertThat(shares.opened().map(share -> HELD.hold(share)).first()).isTrue();
            assertThat(fetched).isInstanceOf(MappedShare.class).isSameAs(HELD.share);
        }
        HELD.share = null;
    }

    /** With a third of the heap to each, runs at the same time would have it all. */
    @Test
    void runsAtTheSameTimeShareTheMemoryThatOneWouldHave() {
        try (PackedTable table = sample().pack();
                Shares alone = table.all().dealSteps(1, 1, 1);
                Shares oneOfMany = table.all().dealSteps(1, 1, 1_000_000);
                Shares again = oneOfMany.dealtTo(2, 2);
                Shares beside = table.all().dealBatches(oneOfMany, 16)) {
            assertThat(alone.images().getStorageLevel()).isEqualTo(StorageLevel.MEMORY_AND_DISK());
            assertThat(Stream.of(oneOfMany, again, beside))
                    .extracting(shares -> shares.images().getStorageLevel())
                    .containsOnly(StorageLevel.DISK_ONLY());
            assertThat(ShareLimits.ofDriver(4)).isEqualTo(ShareLimits.ofDriver(1) / 4);
        }
    }

    @Test
    void aFileIsMappedInPiecesAndHasNoNameAnyMore() throws IOException {
        PackedImages all = SampleGarments.draw(Split.TRAIN, 10, 1);
        Path file = folder.resolve("share");

        MappedShare share = MappedShare.of(
                ImageShape.MNIST,
                List.of(all.range(0, 4), all.range(4, 4), all.range(4, 10)).iterator(),
                file,
                3 * 784 + 5);

        assertThat(Files.exists(file)).isFalse();
        assertThat(share.size()).isEqualTo(10);
        for (int i = 0; i < 10; i++) {
            assertThat(share.label(i)).isEqualTo(all.label(i));
            assertThat(share.index(i)).isEqualTo(i);
            assertThat(pixels(share, i)).isEqualTo(all.range(i, i + 1).pixels());
        }
    }

    /** Two epochs of every worker. */
    private static List<List<Float>> minibatches(int workers, ShareLimits limits) {
        MinibatchPlan plan = new MinibatchPlan(PixelScale.UNIT, 16, false, 3, List.of());
        try (PackedTable table = sample().pack();
                Shares shares = table.all().deal(workers, limits)) {
            List<List<Float>> all = new ArrayList<>();
            for (int epoch = 0; epoch < 2; epoch++) {
                all.addAll(shares.opened()
                        .mapPartitionsWithIndex(new Epoch(plan, epoch), true)
                        .collect());
            }
            return all;
        }
    }

    private static final class Epoch implements Function2<Integer, Iterator<Share>, Iterator<List<Float>>> {
        private static final long serialVersionUID = 1L;
        private final MinibatchPlan plan;
        private final int epoch;

        Epoch(MinibatchPlan plan, int epoch) {
            this.plan = plan;
            this.epoch = epoch;
        }

        @Override
        public Iterator<List<Float>> call(Integer worker, Iterator<Share> shares) {
            Minibatches minibatches = plan.of(shares.next());
            minibatches.startEpoch(epoch, worker);
            return IntStream.range(0, minibatches.count())
                    .mapToObj(i -> values(minibatches.get(i)))
                    .iterator();
        }

        private static List<Float> values(Minibatch batch) {
            List<Float> values = new ArrayList<>();
            for (int i = 0; i < batch.size(); i++) {
                values.add((float) batch.labels()[i]);
            }
            for (int i = 0; i < batch.size() * 784; i++) {
                values.add(batch.features()[i]);
            }
            return values;
        }
    }

    private static final class Held {
        private volatile Share share;

        boolean hold(Share held) {
            share = held;
            return true;
        }
    }

    private static final Held HELD = new Held();

    private static ImageTable sample() {
        return ImageTable.of(SampleImages.of(jsc(), Split.TRAIN, IMAGES, 1), spark());
    }

    private static byte[] pixels(Share share, int i) {
        byte[] pixels = new byte[784];
        share.read(i, pixels);
        return pixels;
    }

    private static Integer[] boxed(int[] values) {
        return Arrays.stream(values).boxed().toArray(Integer[]::new);
    }
}
