package io.github.sparkcnn.data.column;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.decode.Rendering;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.PixelReader;
import io.github.sparkcnn.data.format.ResizedPixels;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PixelLayout;
import io.github.sparkcnn.image.Resize;
import io.github.sparkcnn.image.Resizing;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/**
 * How the columns of a DataFrame hold its images.
 *
 * @param reader takes the image out of a row
 * @param shape of every image
 */
public record ImageColumn(PixelReader reader, ImageShape shape) implements Serializable {
    /** Whether one column of this type holds images. */
    public static boolean isOfType(DataType type) {
        return type instanceof BinaryType
                || StructPixels.isImage(type)
                || isVector(type)
                || ArrayPixels.levels(type) > 0;
    }

    /** Whether a column of this type may hold one of an image's pixels. */
    public static boolean isNumber(DataType type) {
        return NumberReader.of(type).isPresent();
    }

    static boolean isVector(DataType type) {
        return type.equals(SQLDataTypes.VectorType());
    }

    /**
     * Finds out by the type, and by some rows.
     *
     * @param name of the table, for messages
     * @param columns of the image, one or many, by their places in the schema
     * @param sample the first rows that have an image
     * @param settings that named the columns, for messages
     * @throws UserException where they are no images, or do not tell their shape
     */
    public static ImageColumn of(
            String name,
            StructType schema,
            List<Integer> columns,
            InternalRow[] sample,
            ImageSource source,
            ColumnSettings settings) {
        return new FindImages(name, schema, sample, source, settings).in(columns);
    }

    /**
     * Images for a model, for which no row has to be read before.
     *
     * @param type of the column, one that {@link #isOfType} takes
     * @param input what the model takes; images that do not tell their shape have it, unless the layout says otherwise
     * @param layout of values that do not tell it; where empty, channel after channel
     * @param resizing brings pictures of other sizes to the input; where empty, they are malformed
     */
    public static ImageColumn forModel(
            int column, DataType type, ImageShape input, Optional<PixelLayout> layout, Optional<Resizing> resizing) {
        PixelLayout laid = layout.orElseGet(() -> PixelLayout.planar(input));
        if (StructPixels.isImage(type)) {
            return new ImageColumn(new StructPixels(column, new Rendering(input, false, resizing)), input);
        } else if (type instanceof BinaryType) {
            return ofBytes(column, laid, layout.isPresent(), resizing);
        } else if (isVector(type)) {
            return new ImageColumn(new VectorPixels(column, laid), laid.shape());
        }
        boolean tellsSides = layout.isEmpty() && ArrayPixels.levels(type) == 3;
        return new ImageColumn(
                tellsSides ? new NestedPixels(column, type, input) : ArrayPixels.of(column, type, laid), laid.shape());
    }

    /** Pictures are brought to the model's size as they are decoded, and so are pixels, for all to have one. */
    private static ImageColumn ofBytes(int column, PixelLayout laid, boolean toGrey, Optional<Resizing> resizing) {
        Rendering rendering = new Rendering(laid.shape(), toGrey, resizing);
        ImageShape shape = rendering.shape();
        PixelReader raw = new RawPixels(column, laid);
        int size = laid.shape().size();
        return new ImageColumn(
                new BytePixels(
                        column,
                        size,
                        new EncodedPixels(column, rendering),
                        shape.equals(laid.shape())
                                ? raw
                                : new ResizedPixels(raw, size, new Resize(laid.shape(), resizing.orElseThrow()))),
                shape);
    }
}
