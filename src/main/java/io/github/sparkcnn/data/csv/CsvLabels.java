package io.github.sparkcnn.data.csv;

import io.github.sparkcnn.image.Classes;
import io.github.sparkcnn.image.MalformedImage;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What becomes of a row's label: the number that it is, or the place of a text among those that there are. */
final class CsvLabels implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int SHOWN = 12;

    private final boolean areTexts;
    /** Of each text its place; of numbers what is a class, where that is known. */
    private final Map<String, Integer> places;

    private final boolean areKnown;
    private final int bound;
    private final String refusal;

    private CsvLabels(boolean areTexts, Map<String, Integer> places, Optional<Classes> classes, String refusal) {
        this.areTexts = areTexts;
        this.places = places;
        this.areKnown = areTexts || classes.isPresent();
        this.bound = classes.filter(Classes::areNumbered).map(Classes::size).orElse(0);
        this.refusal = refusal;
    }

    /** Whole numbers; where the classes are known, theirs. */
    static CsvLabels numbers(Optional<Classes> classes) {
        return new CsvLabels(
                false,
                classes.map(Classes::byWriting).orElse(Map.of()),
                classes,
                classes.map(Classes::refusal).orElse("which has more than 32 bits"));
    }

    /**
     * Texts.
     *
     * @param written label i is written so
     */
    static CsvLabels texts(List<String> written, Optional<Classes> classes) {
        Map<String, Integer> places = new HashMap<>();
        for (String text : written) {
            places.putIfAbsent(text, places.size());
        }
        String first = String.join(", ", written.subList(0, Math.min(SHOWN, written.size())));
        return new CsvLabels(true, places, classes, "none of " + first + (written.size() > SHOWN ? " …" : ""));
    }

    boolean areTexts() {
        return areTexts;
    }

    /** Whether the number is a label. */
    boolean has(int number) {
        return !areKnown || (number >= 0 && number < bound) || places.containsKey(String.valueOf(number));
    }

    /**
     * The label in a field.
     *
     * @throws MalformedImage where it is none
     */
    int of(CsvFields field) {
        if (areTexts) {
            return of(field.text());
        }
        long number = field.whole();
        if (number != (int) number || !has((int) number)) {
            throw new MalformedImage("has label " + number + ", " + refusal);
        }
        return (int) number;
    }

    private int of(String text) {
        int place = find(text);
        if (place < 0) {
            throw new MalformedImage(text.isBlank() ? "has no label" : "has label '" + text.strip() + "', " + refusal);
        }
        return place;
    }

    /** The place of a text; −1 where it has none. */
    int find(String text) {
        return places.getOrDefault(text.strip(), -1);
    }
}
