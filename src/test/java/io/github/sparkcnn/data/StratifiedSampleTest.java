package io.github.sparkcnn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.sample.SampleGarments;
import io.github.sparkcnn.image.PackedImages;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StratifiedSampleTest extends SparkTest {

    @Test
    void givesEveryClassItsShare() {
        List<Integer> labels = IntStream.range(0, 1000)
                .mapToObj(i -> i % 10 < 6 ? 0 : i % 10 < 9 ? 1 : 2)
                .toList();

        BitSet chosen = StratifiedSample.choose(labels, 55, 1);

        assertThat(chosen.cardinality()).isEqualTo(55);
        // 33, 16.5 and 5.5: the lower label gets the half.
        assertThat(IntStream.range(0, 3).map(label -> (int)
                        chosen.stream().filter(i -> labels.get(i) == label).count()))
                .containsExactly(33, 17, 5);
    }

    @Test
    void isTheSameForTheSameSeedAndAnotherForAnother() {
        List<Integer> labels = IntStream.range(0, 100).mapToObj(i -> i % 2).toList();

        assertThat(StratifiedSample.choose(labels, 10, 1)).isEqualTo(StratifiedSample.choose(labels, 10, 1));
        assertThat(StratifiedSample.choose(labels, 10, 1)).isNotEqualTo(StratifiedSample.choose(labels, 10, 2));
        assertThat(StratifiedSample.choose(labels, 100, 1).cardinality()).isEqualTo(100);
    }

    @Test
    void keepsTheChosenRowsOfATableInTheirOrder() {
        ImageTable table = SampleGarments.table(spark(), Split.TRAIN, 200, 1);
        PackedImages all = table.collect();
        List<Integer> labels =
                IntStream.range(0, all.size()).mapToObj(all::label).toList();
        int[] expected =
                StratifiedSample.choose(labels, 50, 4).stream().map(all::label).toArray();

        PackedImages chosen = table.sample(50, 4).collect();

        assertThat(IntStream.range(0, chosen.size()).map(chosen::label)).containsExactly(box(expected));
        assertThat(IntStream.range(0, 10)
                        .mapToLong(label ->
                                IntStream.of(expected).filter(l -> l == label).count()))
                .containsOnly(5L);
    }

    @Test
    void refusesMoreThanThereAre() {
        ImageTable table = SampleGarments.table(spark(), Split.TRAIN, 20, 1);

        assertThatThrownBy(() -> table.sample(21, 1))
                .isInstanceOf(UserException.class)
                .hasMessageContaining("Cannot choose 21 images of the generated sample: it holds 20.");
    }

    private static Integer[] box(int[] values) {
        return IntStream.of(values).boxed().toArray(Integer[]::new);
    }
}
