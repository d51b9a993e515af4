package io.github.sparkcnn.data.column;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.decode.Rendering;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.PixelReader;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PixelLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * Finds out how columns hold images.
 *
 * @param name of the table, for messages
 * @param sample the first rows that have an image
 * @param settings that named the columns, for messages
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record FindImages(String name, StructType schema, InternalRow[] sample, ImageSource source, ColumnSettings settings) {
    private static final int COLOURS = 3;

    /** The images of these columns. */
    ImageColumn in(List<Integer> columns) {
        if (columns.size() > 1) {
            PixelLayout layout = layout(columns.size());
            return of(ofColumns(columns, layout), layout);
        }
        int column = columns.get(0);
        DataType type = schema.fields()[column].dataType();
        if (type instanceof BinaryType) {
            return ofBytes(column);
        } else if (StructPixels.isImage(type)) {
            return ofStructs(column);
        } else if (ImageColumn.isVector(type)) {
            PixelLayout layout = layout(most(column, row -> VectorPixels.size(row, column)));
            return of(new VectorPixels(column, layout), layout);
        } else if (ArrayPixels.levels(type) > 0) {
            PixelLayout layout = nested(most(column, row -> ArrayPixels.sides(row, column, type)));
            return of(ArrayPixels.of(column, type, layout), layout);
        }
        throw new UserException(
                "read the images of " + name,
                "column " + schema.fieldNames()[column] + " is " + type.simpleString(),
                "Name in " + settings.image()
                        + " a column of bytes, image structs, arrays or vectors, or a list of columns of" + " numbers");
    }

    private static ImageColumn of(PixelReader reader, PixelLayout layout) {
        return new ImageColumn(reader, layout.shape());
    }

    private ColumnPixels ofColumns(List<Integer> columns, PixelLayout layout) {
        List<NumberReader> readers = columns.stream()
                .map(column -> NumberReader.of(schema.fields()[column].dataType())
                        .orElseThrow(() -> new UserException(
                                "read the images of " + name,
                                "column " + schema.fieldNames()[column] + " is "
                                        + schema.fields()[column].dataType().simpleString() + ", no number",
                                "Name columns of numbers in " + settings.image())))
                .toList();
        return new ColumnPixels(columns, readers, layout);
    }

    private ImageColumn ofBytes(int column) {
        List<byte[]> files = Arrays.stream(sample)
                .filter(row -> !row.isNullAt(column))
                .map(row -> row.getBinary(column))
                .toList();
        // Not any: the first bytes of raw pixels may look like a bitmap's mark by chance.
        if (files.stream().filter(EncodedPixels::isPicture).count() * 2 > files.size()) {
            EncodedPixels reader = EncodedPixels.of(name, column, files, source, settings);
            return new ImageColumn(reader, reader.rendering().shape());
        }
        PixelLayout layout = layout(most(
                column, row -> row.isNullAt(column) ? Optional.empty() : Optional.of(row.getBinary(column).length)));
        return of(new RawPixels(column, layout), layout);
    }

    /** Of the size that most have, in colour where one of them is. */
    private ImageColumn ofStructs(int column) {
        ImageShape size = most(column, row -> StructPixels.shape(row, column));
        boolean inColours = source.inColours()
                || Arrays.stream(sample)
                        .flatMap(row -> StructPixels.shape(row, column).stream())
                        .anyMatch(shape -> shape.channels() == COLOURS);
        ImageShape shape = new ImageShape(inColours ? COLOURS : size.channels(), size.height(), size.width());
        Rendering rendering = new Rendering(shape, false, source.resizing());
        return new ImageColumn(new StructPixels(column, rendering), rendering.shape());
    }

    /** What most rows have: one that is malformed may be the first. */
    private <T> T most(int column, Function<InternalRow, Optional<T>> find) {
        Map<T, Long> counts = Arrays.stream(sample)
                .flatMap(row -> find.apply(row).stream())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElseThrow(() -> new UserException(
                        "read " + name,
                        "column " + schema.fieldNames()[column] + " holds no image",
                        "Give at least one row with an image"));
    }

    /** Of arrays in arrays: their sides, unless a shape is said. */
    private PixelLayout nested(List<Integer> sides) {
        boolean isPlane = sides.size() == 2;
        List<Integer> three = isPlane ? List.of(1, sides.get(0), sides.get(1)) : sides;
        return source.layout().isEmpty() && PixelLayout.isShape(three)
                ? PixelLayout.of(three)
                : layout(sides.stream().reduce(1, Math::multiplyExact));
    }

    private PixelLayout layout(int values) {
        Optional<PixelLayout> said = source.layoutOf(values);
        if (said.isPresent()) {
            PixelLayout layout = said.get();
            if (layout.shape().size() != values) {
                throw new UserException(
                        "read the images of " + name,
                        "they have " + values + " values, and " + settings.shape() + " is " + layout.shape(),
                        "Correct " + settings.shape() + ", or name the images' columns in " + settings.image());
            }
            return layout;
        }
        int side = (int) Math.round(Math.sqrt(values));
        if (side * side != values) {
            throw new UserException(
                    "read the images of " + name,
                    "they have " + values + " values, which are no square grey image",
                    "Say their shape in " + settings.shape() + ", e.g. [3, 32, 32], or name their columns in "
                            + settings.image());
        }
        return PixelLayout.planar(new ImageShape(1, side, side));
    }
}
