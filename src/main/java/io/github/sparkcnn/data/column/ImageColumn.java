package io.github.sparkcnn.data.column;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.format.PixelReader;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PixelLayout;
import io.github.sparkcnn.image.Resizing;
import java.util.Optional;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A column with an image a row: the bytes of its pixels, an array of numbers, a vector of Spark ML, or Spark's {@code image}
 * struct.
 *
 * @param name of the column
 * @param index of the column
 * @param type of the column
 */
public record ImageColumn(String name, int index, DataType type) {

    /**
     * The column of this name.
     *
     * @throws UserException where there is none, or none that holds images
     */
    public static ImageColumn of(StructType schema, String name) {
        StructField field = Columns.field(schema, name);
        if (!holdsImages(field.dataType())) {
            throw new UserException(
                    "read images from column " + name,
                    "it is " + field.dataType().catalogString(),
                    "Name a column of bytes, an array of numbers, a vector, or Spark's image struct");
        }
        return new ImageColumn(name, schema.fieldIndex(name), field.dataType());
    }

    private static boolean holdsImages(DataType type) {
        if (type instanceof StructType struct) {
            return StructPixels.areIn(struct);
        }
        return isVector(type)
                || type.equals(DataTypes.BinaryType)
                || (type instanceof ArrayType array && isNumber(array.elementType()));
    }

    private static boolean isVector(DataType type) {
        return type.equals(SQLDataTypes.VectorType());
    }

    private static boolean isNumber(DataType type) {
        return type instanceof ByteType
                || type instanceof ShortType
                || type instanceof IntegerType
                || type instanceof LongType
                || type instanceof FloatType
                || type instanceof DoubleType;
    }

    /** Whether each image tells its shape itself. */
    public boolean tellsShape() {
        return type instanceof StructType;
    }

    /**
     * Reads images of this shape.
     *
     * @param layout of the images where they do not tell it; where empty, channel after channel
     * @param resizing brings images that tell another height and width to it; where empty, they are refused
     */
    public PixelReader reader(ImageShape shape, Optional<PixelLayout> layout, Optional<Resizing> resizing) {
        PixelLayout laid = layout.orElseGet(() -> PixelLayout.planar(shape));
        PixelReader reader;
        if (tellsShape()) {
            reader = new StructPixels(index, shape, resizing);
        } else if (isVector(type)) {
            reader = new VectorPixels(index, laid);
        } else if (type instanceof ArrayType array) {
            reader = new NumberPixels(index, array.elementType(), laid);
        } else {
            reader = new RawPixels(index, laid);
        }
        return new NotNull(index, reader);
    }
}
