package io.github.sparkcnn.data.csv;

import io.github.sparkcnn.config.DataConfig.Columns;
import io.github.sparkcnn.data.format.BadImages;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PixelLayout;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.Path;

/**
 * Finds what the columns of a CSV are: as {@code data.columns} says, by the names in the header, or by their number, where the label is
 * the first or missing.
 */
final class FindColumns {

    private final Path root;
    private final Columns asked;
    private final Optional<PixelLayout> layout;

    /**
     * In the rows of a CSV.
     *
     * @param layout of an image; a grey square of any size where empty
     */
    FindColumns(Path root, Columns asked, Optional<PixelLayout> layout) {
        this.root = root;
        this.asked = asked;
        this.layout = layout;
    }

    /** The columns, where so many are a label and an image, or an image. */
    Optional<CsvColumns> of(Optional<CsvHeader> header, int count) {
        OptionalInt label = asked.label()
                .map(name -> OptionalInt.of(column(header, count, "data.columns.label", name)))
                .orElseGet(() -> header.map(CsvHeader::label).orElse(OptionalInt.empty()));
        Search search = new Search(header, count, label);
        if (!asked.image().isEmpty()) {
            List<Integer> image = asked.image().stream()
                    .map(name -> column(header, count, "data.columns.image", name))
                    .toList();
            return isImage(image.size()) ? Optional.of(search.found(search.beside(image), image)) : Optional.empty();
        }
        return header.isPresent() ? search.named(header.get()) : search.unnamed();
    }

    private int column(Optional<CsvHeader> header, int count, String key, String name) {
        OptionalInt found = header.map(names -> names.column(name))
                .orElseGet(() -> IntStream.range(0, count)
                        .filter(i -> name.equals(String.valueOf(i + 1)))
                        .findFirst());
        return found.orElseThrow(() -> BadImages.in(
                root,
                "it has no column " + name,
                "Set " + key + " to "
                        + header.map(names -> "one of " + shown(names.names()))
                                .orElse("a number from 1 to " + count + ": it has no header")));
    }

    private static String shown(List<String> names) {
        int most = 8;
        return String.join(", ", names.subList(0, Math.min(most, names.size()))) + (names.size() > most ? " …" : "");
    }

    /** Whether an image has so many values. */
    private boolean isImage(int values) {
        return layout.map(given -> given.shape().size() == values).orElseGet(() -> values > 1 && isSquare(values));
    }

    private static boolean isSquare(int values) {
        int side = (int) Math.round(Math.sqrt(values));
        return side * side == values;
    }

    /** The columns of one header, or of one number of columns. */
    private final class Search {
        private final Optional<CsvHeader> header;
        private final int count;
        private final OptionalInt label;
        private final List<Integer> rest;

        Search(Optional<CsvHeader> header, int count, OptionalInt label) {
            this.header = header;
            this.count = count;
            this.label = label;
            this.rest = IntStream.range(0, count)
                    .filter(i -> i != label.orElse(CsvColumns.NONE))
                    .boxed()
                    .toList();
        }

        Optional<CsvColumns> unnamed() {
            if (isImage(rest.size())) {
                return Optional.of(found(label.orElse(CsvColumns.NONE), rest));
            }
            return label.isEmpty() && isImage(count - 1)
                    ? Optional.of(found(0, rest.subList(1, count)))
                    : Optional.empty();
        }

        Optional<CsvColumns> named(CsvHeader names) {
            List<Integer> alike = names.alike(rest);
            if (isImage(alike.size())) {
                return Optional.of(found(beside(alike), alike));
            }
            if (label.isEmpty() && names.areNumbers(alike) && isImage(alike.size() - 1)) {
                return Optional.of(found(alike.get(0), alike.subList(1, alike.size())));
            }
            if (isImage(rest.size())) {
                return Optional.of(found(label.orElse(CsvColumns.NONE), rest));
            }
            return label.isEmpty() && isImage(count - 1) && !alike.contains(0)
                    ? Optional.of(found(beside(rest.subList(1, count)), rest.subList(1, count)))
                    : Optional.empty();
        }

        /** The label's column: where none is called so the first, unless it is of the image or an id. */
        int beside(List<Integer> image) {
            boolean isFirst = label.isEmpty()
                    && !image.contains(0)
                    && header.filter(names -> names.isOfNoClass(0)).isEmpty();
            return isFirst ? 0 : label.orElse(CsvColumns.NONE);
        }

        CsvColumns found(int ofLabel, List<Integer> image) {
            int side = (int) Math.round(Math.sqrt(image.size()));
            return new CsvColumns(
                    header.orElse(CsvHeader.NONE),
                    count,
                    ofLabel,
                    image,
                    layout.orElseGet(() -> PixelLayout.planar(new ImageShape(1, side, side))));
        }
    }
}
