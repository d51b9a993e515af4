package io.github.sparkcnn.data.pack;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.image.Classes;
import io.github.sparkcnn.image.PackedImages;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.function.Function;

/**
 * In a task: turns labels as a format gives them into classes, and refuses an image of a class that there is not; what follows
 * takes a class for an array's index.
 */
public final class Classify implements Function<Reading, Reading> {
    private static final long serialVersionUID = 1L;

    private final String name;
    private final Classes classes;
    /** What label i is written as; null where a label is the number in the data. */
    private final String[] written;

    private final boolean unchanged;
    private transient Map<String, Integer> byWriting;

    /**
     * Labels of one data set.
     *
     * @param name of the data set, for messages
     * @param written what label i is written as; where empty, a label is the number in the data
     */
    public Classify(String name, Classes classes, Optional<List<String>> written) {
        this.name = name;
        this.classes = classes;
        this.written = written.map(values -> values.toArray(String[]::new)).orElse(null);
        this.unchanged = written.map(classes.values()::equals).orElseGet(classes::areNumbered);
    }

    @Override
    public Reading call(Reading reading) {
        return reading instanceof Reading.Block block ? new Reading.Block(of(block.images())) : reading;
    }

    private PackedImages of(PackedImages images) {
        int[] classified = of(images.labels());
        return unchanged ? images : new PackedImages(images.shape(), classified, images.pixels(), images.indices());
    }

    /** The class of each image. */
    int[] of(int[] labels) {
        int[] classified = new int[labels.length];
        for (int i = 0; i < labels.length; i++) {
            classified[i] = of(labels[i]);
        }
        return classified;
    }

    private int of(int label) {
        if (unchanged && label >= 0 && label < classes.size()) {
            return label;
        }
        if (byWriting == null) {
            byWriting = classes.byWriting();
        }
        String value = written == null ? String.valueOf(label) : written[label];
        Integer found = byWriting.get(value);
        if (found == null) {
            throw new UserException(
                    "read " + name,
                    "an image has label " + value + ", " + classes.refusal(),
                    "Name labels for every class in data.labels");
        }
        return found;
    }
}
