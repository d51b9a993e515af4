package io.github.sparkcnn.data.csv;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** The names of the columns, as a first line has them. */
record CsvHeader(List<String> names) implements Serializable {

    /** No names. */
    static final CsvHeader NONE = new CsvHeader(List.of());

    /** What the column of the class is called, the likeliest first. */
    private static final List<String> LABELS = List.of("label", "class", "target", "y");

    private static final Pattern NUMBER = Pattern.compile("\\s*+" + CsvFields.DECIMAL + "\\s*+");

    private static final Pattern POSITION = Pattern.compile("\\d{1,9}");
    private static final Pattern DIGITS = Pattern.compile("\\d+");
    private static final Pattern OF_NO_CLASS =
            Pattern.compile("unnamed.*|(.*[^a-z])?(id|ids|idx|index|file|filename|path|image|name)|.*id|");

    CsvHeader {
        names = List.copyOf(names);
    }

    /** The header that a first line is: texts without a number, or with numbers that count on, as pandas writes columns without names. */
    static Optional<CsvHeader> of(List<String> cells) {
        List<String> numbers =
                cells.stream().filter(cell -> NUMBER.matcher(cell).matches()).toList();
        boolean areTexts = numbers.isEmpty() && cells.stream().anyMatch(cell -> !cell.isBlank());
        return areTexts || countOn(numbers) ? Optional.of(new CsvHeader(cells)) : Optional.empty();
    }

    private static boolean countOn(List<String> numbers) {
        return numbers.size() > 2
                && numbers.stream().allMatch(number -> POSITION.matcher(number).matches())
                && IntStream.range(1, numbers.size())
                        .allMatch(i -> Integer.parseInt(numbers.get(i)) == Integer.parseInt(numbers.get(i - 1)) + 1);
    }

    /** The column of this name, in whatever case where none has it exactly. */
    OptionalInt column(String name) {
        int exact = names.indexOf(name);
        return exact >= 0
                ? OptionalInt.of(exact)
                : IntStream.range(0, names.size())
                        .filter(i -> names.get(i).strip().equalsIgnoreCase(name))
                        .findFirst();
    }

    /** The column that is called as that of a class is. */
    OptionalInt label() {
        return LABELS.stream()
                .map(this::column)
                .filter(OptionalInt::isPresent)
                .findFirst()
                .orElse(OptionalInt.empty());
    }

    /** Whether a column's name says that it is not the class: an id, a path. */
    boolean isOfNoClass(int column) {
        return OF_NO_CLASS
                .matcher(names.get(column).strip().toLowerCase(Locale.ROOT))
                .matches();
    }

    /** Whether all these columns have numbers for names. */
    boolean areNumbers(List<Integer> columns) {
        return columns.stream().allMatch(i -> POSITION.matcher(names.get(i)).matches());
    }

    /** Of these columns the most whose names differ in their digits only; nothing where they are no majority. */
    List<Integer> alike(List<Integer> columns) {
        Map<String, Integer> counts = new HashMap<>();
        columns.forEach(i -> counts.merge(stem(i), 1, Integer::sum));
        return counts.entrySet().stream()
                .filter(stem -> stem.getValue() > columns.size() / 2)
                .findFirst()
                .map(stem -> columns.stream()
                        .filter(i -> Objects.equals(stem(i), stem.getKey()))
                        .toList())
                .orElse(List.of());
    }

    private String stem(int column) {
        String name = names.get(column).strip().toLowerCase(Locale.ROOT);
        return name.isEmpty() ? "no name" : DIGITS.matcher(name).replaceAll("");
    }
}
