package io.github.sparkcnn.data.format;

import io.github.sparkcnn.image.ImageShape;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A data set whose rows keep what stands beside the image: ids, paths, labels. For predictions, which join back to it.
 *
 * @param name for messages
 * @param rows one an image, in their order
 * @param pixels takes the image out of a row
 * @param shape of every image
 * @param imageColumns the columns of the image, which predictions leave out
 * @param label the column of the true label, as the data write it, where there is one
 * @param diagnosis what can be told after the rows have been read
 */
public record ImageRows(
        String name,
        Dataset<Row> rows,
        PixelReader pixels,
        ImageShape shape,
        List<String> imageColumns,
        Optional<String> label,
        Diagnosis diagnosis) {

    private static final String LABEL = "label";
    private static final String PIXELS = "pixels";
    private static final int SECOND = 1;

    public ImageRows {
        imageColumns = List.copyOf(imageColumns);
    }

    /** Rows {@code label, pixels} of images that a format has found. */
    public static ImageRows of(SparkSession spark, ImageFiles files) {
        StructType schema = new StructType()
                .add(LABEL, files.labels().isPresent() ? DataTypes.StringType : DataTypes.IntegerType, false)
                .add(PIXELS, DataTypes.BinaryType, false);
        return new ImageRows(
                files.name(),
                UnpackRows.of(spark, files.readings(), schema, files.labels()),
                row -> row.getBinary(SECOND),
                files.shape(),
                List.of(PIXELS),
                Optional.of(LABEL),
                files.diagnosis());
    }

    /** The same with another way to take the image out of a row. */
    public ImageRows with(PixelReader other) {
        return new ImageRows(name, rows, other, shape, imageColumns, label, diagnosis);
    }
}
