package io.github.sparkcnn.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.format.Diagnosis;
import io.github.sparkcnn.data.format.ImageFiles;
import io.github.sparkcnn.data.pack.PackedTable;
import io.github.sparkcnn.data.pack.Reading;
import io.github.sparkcnn.image.Classes;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedImages;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClassesOfImagesTest extends SparkTest {

    private static final ImageShape DOT = new ImageShape(1, 1, 1);

    @Test
    void areTheNumbersThatOccur() {
        try (PackedTable packed = table(Optional.empty(), 26, 1, 5, 1).pack()) {
            assertThat(packed.classes().names()).containsExactly("1", "5", "26");
            assertThat(packed.all().collect().labels()).containsExactly(2, 0, 1, 0);
        }
    }

    @Test
    void areTheTextsThatAFormatKnows() {
        try (PackedTable packed =
                table(Optional.of(List.of("ape", "bee")), 1, 0, 1).pack()) {
            assertThat(packed.classes().names()).containsExactly("ape", "bee");
            assertThat(packed.all().collect().labels()).containsExactly(1, 0, 1);
        }
    }

    /** A test set may know fewer classes, or write them in another order of its own. */
    @Test
    void ofATestSetAreThoseOfItsTrainingSet() {
        Classes training = Classes.ofValues(List.of("ape", "bee", "cow"));
        ImageTable test = table(Optional.of(List.of("cow", "ape")), 0, 1, 0).as(training);

        assertThat(test.collect().labels()).containsExactly(2, 0, 2);
    }

    @Test
    void refuseAnother() {
        ImageTable test = table(Optional.of(List.of("cow", "ant")), 0, 1).as(Classes.ofValues(List.of("ape", "cow")));

        assertThatThrownBy(test::collect)
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot read dots: an image has label ant, none of ape, cow."
                        + " Name labels for every class in data.labels.");
    }

    @Test
    void areNotWhatIsAnotherForEveryImage() {
        int[] ids = IntStream.range(100, 140).toArray();

        assertThatThrownBy(() -> table(Optional.empty(), ids).collect())
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot find the classes of dots: its 40 images have 40 labels, from 100 to 139."
                        + " Name the column of the class in data.columns.label, or the classes in data.labels.");
    }

    private static ImageTable table(Optional<List<String>> written, int... labels) {
        PackedImages images = new PackedImages(DOT, labels, new byte[labels.length], new int[labels.length]);
        return ImageTable.of(
                new ImageFiles(
                        "dots",
                        DOT,
                        jsc().parallelize(List.<Reading>of(new Reading.Block(images)), 1),
                        List.of(),
                        Diagnosis.NONE,
                        written),
                spark());
    }
}
