package io.github.sparkcnn.keys;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds what a misspelt word probably meant. */
public final class Nearest {

    private Nearest() {}

    /** The word of least Levenshtein distance, if at most a third of the letters differ. */
    public static Optional<String> of(String word, Collection<String> words) {
        return words.stream()
                .min(Comparator.comparingInt(known -> distance(word, known)))
                .filter(known -> distance(word, known) <= Math.max(2, word.length() / 3));
    }

    private static int distance(String word, String known) {
        return LevenshteinDistance.getDefaultInstance().apply(word, known);
    }
}
