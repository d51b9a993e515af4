package io.github.sparkcnn.data.pack;

import io.github.sparkcnn.image.PackedImages;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How many images each class has.
 *
 * @param counts by label, one for every class, also where it is 0
 */
public record ClassCounts(List<Integer> counts) implements Serializable {

    public ClassCounts {
        counts = List.copyOf(counts);
    }

    public static ClassCounts of(PackedImages images, int classes) {
        int[] counts = new int[classes];
        for (int i = 0; i < images.size(); i++) {
            counts[images.label(i)]++;
        }
        return new ClassCounts(IntStream.of(counts).boxed().toList());
    }

    /** Counts on the workers. */
    public static ClassCounts of(Shares shares, int classes) {
        return shares.images().map(images -> of(images, classes)).reduce(ClassCounts::plus);
    }

    ClassCounts plus(ClassCounts other) {
        return new ClassCounts(IntStream.range(0, counts.size())
                .mapToObj(c -> counts.get(c) + other.counts.get(c))
                .toList());
    }
}
