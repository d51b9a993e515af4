package io.github.sparkcnn.data.column;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.MalformedImage;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/** Looks at the first image of a column, for the shape of all of them. */
public final class FirstImage {

    private FirstImage() {}

    /**
     * The shape that it tells, or that of a grey square of as many values as it has.
     *
     * @param name of the data set, for messages
     * @param shape what the user sets where the values are no grey square, for messages
     */
    public static ImageShape shape(String name, Dataset<Row> rows, ImageColumn column, String shape) {
        Dataset<Row> images = rows.select(Columns.named(column.name()))
                .where(Columns.named(column.name()).isNotNull());
        if (column.tellsShape()) {
            return told(name, images, column);
        }
        List<Row> first = images.takeAsList(1);
        if (first.isEmpty()) {
            throw none(name, column);
        }
        int values = size(first.get(0).get(0));
        int side = (int) Math.round(Math.sqrt(values));
        if (side * side != values) {
            throw new UserException(
                    "read images from column " + column.name(),
                    "the first has " + values + " values, which make no grey square",
                    "Set " + shape + ", e.g. [3, 32, 32]");
        }
        return new ImageShape(1, side, side);
    }

    private static ImageShape told(String name, Dataset<Row> images, ImageColumn column) {
        List<InternalRow> first = images.limit(1)
                .queryExecution()
                .toRdd()
                .toJavaRDD()
                .map(InternalRow::copy)
                .collect();
        if (first.isEmpty()) {
            throw none(name, column);
        }
        try {
            return StructPixels.shape(first.get(0).getStruct(0, 6));
        } catch (MalformedImage e) {
            throw new UserException(
                    "read images from column " + column.name(),
                    "of the first, " + e.getMessage(),
                    "Convert the images or leave it out");
        }
    }

    private static UserException none(String name, ImageColumn column) {
        return new UserException(
                "read " + name, "column " + column.name() + " holds no image", "Give at least one row with an image");
    }

    private static int size(Object value) {
        if (value instanceof byte[] bytes) {
            return bytes.length;
        }
        return value instanceof Vector vector ? vector.size() : ((scala.collection.Seq<?>) value).size();
    }
}
