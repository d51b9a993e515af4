package io.github.sparkcnn.data.idx;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * What the labels of an EMNIST file stand for (Cohen et al., "EMNIST: an extension of MNIST to handwritten letters", 2017; its
 * {@code emnist-*-mapping.txt}). Capital and small letters are one class in {@code letters}, whose labels begin with 1, and where
 * they look alike in {@code balanced} and {@code bymerge}.
 *
 * @param first the label of the first class
 * @param written what each class is written as, from the first on
 */
record Emnist(int first, List<String> written) {

    private static final String PREFIX = "emnist-";
    private static final String DIGITS = "0123456789";
    private static final String CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String UNLIKE_THEIR_CAPITALS = "abdefghnqrt";

    /** Whether a file is EMNIST's: nothing but its name tells. */
    static boolean isNamed(Path file) {
        return file.getName().toLowerCase(Locale.ROOT).startsWith(PREFIX);
    }

    /** Of an image file, if its labels are not the digits that they stand for. */
    static Optional<Emnist> of(Path file) {
        String name = file.getName().toLowerCase(Locale.ROOT);
        if (name.startsWith(PREFIX + "letters")) {
            return Optional.of(new Emnist(1, letters(CAPITALS.toLowerCase(Locale.ROOT))));
        }
        if (name.startsWith(PREFIX + "byclass")) {
            return Optional.of(new Emnist(0, letters(DIGITS + CAPITALS + CAPITALS.toLowerCase(Locale.ROOT))));
        }
        return name.startsWith(PREFIX + "balanced") || name.startsWith(PREFIX + "bymerge")
                ? Optional.of(new Emnist(0, letters(DIGITS + CAPITALS + UNLIKE_THEIR_CAPITALS)))
                : Optional.empty();
    }

    private static List<String> letters(String text) {
        return text.chars().mapToObj(Character::toString).toList();
    }
}
