package io.github.sparkcnn.data.pack;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.image.Classes;
import java.util.Arrays;

/** The classes of a data set of which nobody has told them. */
final class FoundClasses {
    /** From so many images on, a class for every second image shows that the labels are something else. */
    private static final int ENOUGH_TO_JUDGE = 20;

    private FoundClasses() {}

    /**
     * The labels that occur, in the order of the numbers.
     *
     * @param name of the data set, for messages
     */
    static Classes of(String name, int[] labels) {
        int[] distinct = Arrays.stream(labels).sorted().distinct().toArray();
        if (labels.length >= ENOUGH_TO_JUDGE && distinct.length > labels.length / 2) {
            throw new UserException(
                    "find the classes of " + name,
                    "its " + labels.length + " images have " + distinct.length + " labels, from " + distinct[0] + " to "
                            + distinct[distinct.length - 1],
                    "Name the column of the class in data.columns.label, or the classes in data.labels");
        }
        return Classes.ofValues(
                Arrays.stream(distinct).mapToObj(String::valueOf).toList());
    }
}
