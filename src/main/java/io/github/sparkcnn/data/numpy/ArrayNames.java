package io.github.sparkcnn.data.numpy;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.format.BadImages;
import io.github.sparkcnn.data.format.Split;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** What the arrays of images and of their labels are called, by people who write them. */
record ArrayNames(String images, String labels) implements Serializable {

    /** Of Keras, of MedMNIST, and of scripts. */
    private static List<ArrayNames> of(Split split) {
        String half = split == Split.TRAIN ? "train" : "test";
        return List.of(
                new ArrayNames("x_" + half, "y_" + half),
                new ArrayNames("X_" + half, "y_" + half),
                new ArrayNames(half + "_images", half + "_labels"),
                new ArrayNames(half + "_x", half + "_y"),
                new ArrayNames(half + "_X", half + "_y"),
                new ArrayNames("images", "labels"),
                new ArrayNames("x", "y"),
                new ArrayNames("X", "y"),
                new ArrayNames("data", "labels"),
                new ArrayNames("arr_0", "arr_1"));
    }

    /** The pair of a half that is among these, if one is. */
    static Optional<ArrayNames> among(List<String> names, Split split) {
        return of(split).stream()
                .filter(pair -> names.contains(pair.images) && names.contains(pair.labels))
                .findFirst();
    }

    /** The mistake in a file that holds no such pair. */
    static UserException absent(Path file, List<String> names, Split split) {
        ArrayNames first = of(split).get(0);
        return BadImages.in(
                file,
                "its arrays are " + (names.isEmpty() ? "none" : String.join(", ", names)) + ", without " + first.images
                        + " and " + first.labels,
                "Save images and labels with numpy.savez(FILE, " + first.images + "=…, " + first.labels + "=…)");
    }
}
