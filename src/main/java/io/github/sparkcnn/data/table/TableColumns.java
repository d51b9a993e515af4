package io.github.sparkcnn.data.table;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.DataConfig.Columns;
import io.github.sparkcnn.data.column.ImageColumn;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructField;

/**
 * The columns of a table that matter here.
 *
 * @param image one, or many with a number each, in the order of the pixels
 * @param label of the class, where there is one
 */
record TableColumns(List<String> image, Optional<String> label) {
    private static final List<String> LABELS = List.of("label", "class", "target", "y");
    private static final List<String> IMAGES =
            List.of("image", "img", "picture", "pixels", "features", "content", "data", "bytes");
    private static final Pattern NUMBERED = Pattern.compile("(.*?)(\\d{1,9})");
    private static final int SHOWN = 20;

    /** The columns of a table, whose label need not be there. */
    static TableColumns of(Table table, Columns asked) {
        return new Search(table, asked).find();
    }

    /**
     * The columns of a table with a label.
     *
     * @throws UserException where there is none
     */
    static TableColumns labelled(Table table, Columns asked) {
        TableColumns columns = of(table, asked);
        if (columns.label().isEmpty()) {
            throw new UserException(
                    "read the labels of " + table.name(),
                    "no column is called label, class, target or y; there are "
                            + shown(Arrays.asList(table.rows().columns())),
                    "Name the column in data.columns.label");
        }
        return columns;
    }

    static String shown(Collection<String> names) {
        return names.stream().limit(SHOWN).collect(Collectors.joining(", ")) + (names.size() > SHOWN ? " …" : "");
    }

    private record Search(Table table, Columns asked) {

        TableColumns find() {
            List<String> image = asked.image().stream()
                    .map(name -> existing(name, "data.columns.image"))
                    .toList();
            Optional<String> label = label(image);
            return new TableColumns(image.isEmpty() ? image(label) : image, label);
        }

        private Stream<StructField> fields() {
            return Arrays.stream(table.rows().schema().fields());
        }

        /** The column that is meant, in the letters that it has. */
        private String existing(String name, String key) {
            List<String> all = Arrays.asList(table.rows().columns());
            return all.contains(name)
                    ? name
                    : all.stream()
                            .filter(name::equalsIgnoreCase)
                            .findFirst()
                            .orElseThrow(() -> new UserException(
                                    "read " + table.name(),
                                    "it has no column " + name + "; there are " + shown(all),
                                    "Correct " + key));
        }

        private Optional<String> label(List<String> image) {
            if (asked.label().isPresent()) {
                return asked.label().map(name -> existing(name, "data.columns.label"));
            }
            List<String> found = fields().map(StructField::name)
                    .filter(name -> LABELS.contains(name.toLowerCase(Locale.ROOT)) && !image.contains(name))
                    .toList();
            if (found.size() > 1) {
                throw new UserException(
                        "read the labels of " + table.name(),
                        "columns " + shown(found) + " could each be the label",
                        "Name one of them in data.columns.label");
            }
            return found.stream().findFirst();
        }

        private List<String> image(Optional<String> label) {
            Predicate<StructField> isFree = field -> label.stream().noneMatch(field.name()::equals);
            List<String> typed = fields().filter(isFree)
                    .filter(field -> ImageColumn.isOfType(field.dataType()))
                    .map(StructField::name)
                    .toList();
            if (typed.isEmpty()) {
                return numbers(isFree);
            }
            List<String> named = typed.stream()
                    .filter(name -> IMAGES.contains(name.toLowerCase(Locale.ROOT)))
                    .toList();
            List<String> found = typed.size() == 1 ? typed : named;
            if (found.size() != 1) {
                throw new UserException(
                        "read the images of " + table.name(),
                        "columns " + shown(typed) + " could each be the image",
                        "Name one of them in data.columns.image");
            }
            return found;
        }

        /** Those of one word with numbers behind it, by the numbers; else all, as they stand. */
        private List<String> numbers(Predicate<StructField> isFree) {
            List<String> all = fields().filter(isFree)
                    .filter(field -> ImageColumn.isNumber(field.dataType()))
                    .map(StructField::name)
                    .filter(name -> asked.keep().stream().noneMatch(kept -> kept.contains(name)))
                    .toList();
            Map<String, List<String>> byWord = all.stream()
                    .filter(name -> NUMBERED.matcher(name).matches())
                    .collect(Collectors.groupingBy(name -> numbered(name).group(1)));
            List<String> largest = byWord.values().stream()
                    .max(Comparator.comparingInt(List::size))
                    .orElse(List.of());
            if (largest.size() > 1) {
                return largest.stream()
                        .sorted(Comparator.comparingInt(
                                name -> Integer.parseInt(numbered(name).group(2))))
                        .toList();
            }
            if (all.isEmpty() || !table.isOrdered()) {
                throw new UserException(
                        "read the images of " + table.name(),
                        all.isEmpty()
                                ? "no column holds images; there are "
                                        + shown(Arrays.asList(table.rows().columns()))
                                : "JSON does not tell the order of its pixels' columns",
                        "Name the columns in data.columns.image");
            }
            return all;
        }

        private static Matcher numbered(String name) {
            Matcher matcher = NUMBERED.matcher(name);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(name);
            }
            return matcher;
        }
    }
}
