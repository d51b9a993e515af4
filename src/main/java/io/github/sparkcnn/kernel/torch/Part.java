package io.github.sparkcnn.kernel.torch;

import java.util.List;
import java.util.stream.LongStream;

/** A range of a state's numbers. */
record Part(long from, long to) {

    /** As few equal ones as are no larger than that. */
    static List<Part> of(long length, long largest) {
        long count = Math.max(1, (length + largest - 1) / largest);
        return LongStream.range(0, count)
                .mapToObj(i -> new Part(i * length / count, (i + 1) * length / count))
                .toList();
    }
}
