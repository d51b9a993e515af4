package io.github.sparkcnn.data.table.pixels;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.PixelReader;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PixelLayout;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * How the columns of a table hold its images.
 *
 * @param reader takes the image out of a row
 * @param shape of every image
 */
public record ImageColumn(PixelReader reader, ImageShape shape) implements Serializable {

    /** Whether one column of this type holds images. */
    public static boolean isOfType(DataType type) {
        return type instanceof BinaryType
                || StructPixels.isImage(type)
                || type.equals(SQLDataTypes.VectorType())
                || ArrayPixels.levels(type) > 0;
    }

    /** Whether a column of this type may hold one of an image's pixels. */
    public static boolean isNumber(DataType type) {
        return NumberReader.of(type).isPresent();
    }

    /**
     * Finds out by the type, and by some rows.
     *
     * @param name of the table, for messages
     * @param columns of the image, one or many, by their places in the schema
     * @param sample the first rows that have an image
     * @throws UserException where they are no images, or do not tell their shape
     */
    public static ImageColumn of(
            String name, StructType schema, List<Integer> columns, InternalRow[] sample, ImageSource source) {
        if (columns.size() > 1) {
            PixelLayout layout = layout(name, columns.size(), source);
            return of(ofColumns(name, schema, columns, layout), layout);
        }
        int column = columns.get(0);
        DataType type = schema.fields()[column].dataType();
        if (type instanceof BinaryType) {
            return ofBytes(name, column, sample, source);
        } else if (StructPixels.isImage(type)) {
            ImageShape shape = most(name, sample, row -> StructPixels.shape(row, column));
            StructPixels reader = StructPixels.of(column, shape, source.resizing());
            return new ImageColumn(reader, reader.shape());
        } else if (type.equals(SQLDataTypes.VectorType())) {
            PixelLayout layout = layout(name, most(name, sample, row -> VectorPixels.size(row, column)), source);
            return of(new VectorPixels(column, layout), layout);
        } else if (ArrayPixels.levels(type) > 0) {
            PixelLayout layout = nested(name, most(name, sample, row -> ArrayPixels.sides(row, column, type)), source);
            return of(ArrayPixels.of(column, type, layout), layout);
        }
        throw new UserException(
                "read the images of " + name,
                "column " + schema.fieldNames()[column] + " is " + type.simpleString(),
                "Name in data.columns.image a column of bytes, image structs, arrays or vectors, or a list of columns of"
                        + " numbers");
    }

    private static ImageColumn of(PixelReader reader, PixelLayout layout) {
        return new ImageColumn(reader, layout.shape());
    }

    private static ColumnPixels ofColumns(String name, StructType schema, List<Integer> columns, PixelLayout layout) {
        List<NumberReader> readers = columns.stream()
                .map(column -> NumberReader.of(schema.fields()[column].dataType())
                        .orElseThrow(() -> new UserException(
                                "read the images of " + name,
                                "column " + schema.fieldNames()[column] + " is "
                                        + schema.fields()[column].dataType().simpleString() + ", no number",
                                "Name columns of numbers in data.columns.image")))
                .toList();
        return new ColumnPixels(columns, readers, layout);
    }

    private static ImageColumn ofBytes(String name, int column, InternalRow[] sample, ImageSource source) {
        List<byte[]> files = Arrays.stream(sample)
                .filter(row -> !row.isNullAt(column))
                .map(row -> row.getBinary(column))
                .toList();
        if (files.stream().anyMatch(EncodedPixels::isPicture)) {
            EncodedPixels reader = EncodedPixels.of(name, column, files, source);
            return new ImageColumn(reader, reader.rendering().shape());
        }
        PixelLayout layout = layout(
                name,
                most(
                        name,
                        sample,
                        row -> row.isNullAt(column) ? Optional.empty() : Optional.of(row.getBinary(column).length)),
                source);
        return of(new RawPixels(column, layout), layout);
    }

    /** What most rows have: one that is malformed may be the first. */
    private static <T> T most(String name, InternalRow[] sample, Function<InternalRow, Optional<T>> find) {
        Map<T, Long> counts = Arrays.stream(sample)
                .flatMap(row -> find.apply(row).stream())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElseThrow(() -> new UserException(
                        "read " + name, "it holds no image", "Name a table with an image in every row"));
    }

    /** Of arrays in arrays: their sides, unless {@code data.shape} says otherwise. */
    private static PixelLayout nested(String name, List<Integer> sides, ImageSource source) {
        boolean isPlane = sides.size() == 2;
        List<Integer> three = isPlane ? List.of(1, sides.get(0), sides.get(1)) : sides;
        return source.layout().isEmpty() && PixelLayout.isShape(three)
                ? PixelLayout.of(three)
                : layout(name, sides.stream().reduce(1, Math::multiplyExact), source);
    }

    private static PixelLayout layout(String name, int values, ImageSource source) {
        if (source.layout().isPresent()) {
            PixelLayout layout = source.layout().get();
            if (layout.shape().size() != values) {
                throw new UserException(
                        "read the images of " + name,
                        "they have " + values + " values, and data.shape is " + layout.shape(),
                        "Correct data.shape, or name the images' columns in data.columns.image");
            }
            return layout;
        }
        int side = (int) Math.round(Math.sqrt(values));
        if (side * side != values) {
            throw new UserException(
                    "read the images of " + name,
                    "they have " + values + " values, which are no square grey image",
                    "Say their shape in data.shape, e.g. [3, 32, 32], or name their columns in data.columns.image");
        }
        return PixelLayout.planar(new ImageShape(1, side, side));
    }
}
