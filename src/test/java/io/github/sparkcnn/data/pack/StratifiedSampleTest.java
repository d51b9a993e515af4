package io.github.sparkcnn.data.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.ImageTable;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.data.sample.SampleImages;
import io.github.sparkcnn.image.PackedImages;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StratifiedSampleTest extends SparkTest {

    @Test
    void givesEveryClassItsShare() {
        int[] labels = IntStream.range(0, 1000)
                .map(i -> i % 10 < 6 ? 0 : i % 10 < 9 ? 1 : 2)
                .toArray();

        BitSet chosen = StratifiedSample.choose(labels, 55, 1);

        assertThat(chosen.cardinality()).isEqualTo(55);
        // 33, 16.5 and 5.5: the lower label gets the half.
        assertThat(IntStream.range(0, 3).map(label ->
                        (int) chosen.stream().filter(i -> labels[i] == label).count()))
                .containsExactly(33, 17, 5);
    }

    @Test
    void isTheSameForTheSameSeedAndAnotherForAnother() {
        int[] labels = IntStream.range(0, 100).map(i -> i % 2).toArray();

        assertThat(StratifiedSample.choose(labels, 10, 1)).isEqualTo(StratifiedSample.choose(labels, 10, 1));
        assertThat(StratifiedSample.choose(labels, 10, 1)).isNotEqualTo(StratifiedSample.choose(labels, 10, 2));
        assertThat(StratifiedSample.choose(labels, 100, 1).cardinality()).isEqualTo(100);
    }

    @Test
    void keepsTheChosenRowsOfATableInTheirOrder() {
        ImageTable table = ImageTable.of(SampleImages.of(jsc(), Split.TRAIN, 200, 1), spark());
        PackedImages all = table.collect();
        int[] labels = IntStream.range(0, all.size()).map(all::label).toArray();
        int[] expected =
                StratifiedSample.choose(labels, 50, 4).stream().map(all::label).toArray();

        PackedImages chosen;
        try (PackedTable packed = table.pack()) {
            chosen = packed.all().sample(50, 4).collect();
        }

        assertThat(IntStream.range(0, chosen.size()).map(chosen::label)).containsExactly(box(expected));
        assertThat(IntStream.range(0, 10)
                        .mapToLong(label ->
                                IntStream.of(expected).filter(l -> l == label).count()))
                .containsOnly(5L);
    }

    @Test
    void refusesMoreThanThereAre() {
        ImageTable table = ImageTable.of(SampleImages.of(jsc(), Split.TRAIN, 20, 1), spark());

        try (PackedTable packed = table.pack()) {
            assertThatThrownBy(() -> packed.all().sample(21, 1))
                    .isInstanceOf(UserException.class)
                    .hasMessageContaining("Cannot choose 21 images of the generated sample: it holds 20.");
        }
    }

    private static Integer[] box(int[] values) {
        return IntStream.of(values).boxed().toArray(Integer[]::new);
    }
}
