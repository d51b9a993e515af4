package io.github.sparkcnn.data.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.Holdout;
import io.github.sparkcnn.data.ImageTable;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.data.sample.SampleImages;
import io.github.sparkcnn.image.PackedImages;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ValidationImagesTest extends SparkTest {

    private static final int[] LABELS =
            IntStream.range(0, 200).map(i -> i % 4 == 0 ? 0 : 1).toArray();

    @Test
    void aFractionIsTakenOfEveryClass() {
        BitSet chosen = ValidationImages.choose(LABELS, Holdout.ofFraction(0.1), 1, "x");

        assertThat(chosen.stream().filter(i -> LABELS[i] == 0)).hasSize(5);
        assertThat(chosen.stream().filter(i -> LABELS[i] == 1)).hasSize(15);
    }

    @Test
    void theSeedChooses() {
        Holdout tenth = Holdout.ofFraction(0.1);
        BitSet chosen = ValidationImages.choose(LABELS, tenth, 1, "x");

        assertThat(ValidationImages.choose(LABELS, tenth, 1, "x")).isEqualTo(chosen);
        assertThat(ValidationImages.choose(LABELS, tenth, 2, "x")).isNotEqualTo(chosen);
    }

    @Test
    void theLastAreTheLast() {
        assertThat(ValidationImages.choose(LABELS, Holdout.ofLast(3), 1, "x").stream())
                .containsExactly(197, 198, 199);
    }

    @Test
    void theTwoPartsOfATableAreTheWhole() {
        ImageTable table = ImageTable.of(SampleImages.of(jsc(), Split.TRAIN, 100, 1), spark());
        PackedImages all = table.collect();

        try (PackedTable packed = table.pack()) {
            Selection.HeldOut parts = packed.all().holdOut(Holdout.ofFraction(0.2), 5);
            PackedImages training = parts.training().collect();
            PackedImages validation = parts.validation().collect();

            assertThat(validation.size()).isEqualTo(20);
            List<String> both = new ArrayList<>(images(training));
            both.addAll(images(validation));
            assertThat(both).containsExactlyInAnyOrderElementsOf(images(all));
            assertThat(ClassCounts.of(validation, 10).counts()).containsOnly(2);
        }
    }

    @Test
    void refusesAPartWithoutImages() {
        assertThatThrownBy(() -> ValidationImages.choose(LABELS, Holdout.ofLast(200), 1, "x.csv"))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot hold out 200 images of x.csv: it holds 200."
                        + " Set data.validation-last so that images remain for both parts.");
        assertThatThrownBy(() -> ValidationImages.choose(LABELS, Holdout.ofFraction(0.001), 1, "x.csv"))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith(
                        "Cannot hold out 0 images of x.csv: it holds 200. Set data.validation-fraction");
    }

    private static List<String> images(PackedImages images) {
        int size = images.shape().size();
        return IntStream.range(0, images.size())
                .mapToObj(
                        i -> images.label(i) + new String(images.pixels(), i * size, size, StandardCharsets.ISO_8859_1))
                .toList();
    }
}
