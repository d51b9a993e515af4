package io.github.sparkcnn.predict.run;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.format.ImageRows;
import io.github.sparkcnn.data.format.PixelReader;
import io.github.sparkcnn.image.MalformedImage;
import io.github.sparkcnn.predict.PredictionColumns;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** In a task: the images of rows, of which the first that cannot be read ends the job. */
final class StrictPixels implements PixelReader {
    private static final long serialVersionUID = 1L;

    private final PixelReader images;
    private final int size;
    private final String name;
    /** The place of a text or number that tells one row from another; −1 where there is none. */
    private final int key;

    private final StructField keyField;

    private StrictPixels(PixelReader images, int size, String name, int key, StructField keyField) {
        this.images = images;
        this.size = size;
        this.name = name;
        this.key = key;
        this.keyField = keyField;
    }

    /** The same rows, read strictly. */
    static ImageRows of(ImageRows rows, PredictionColumns columns) {
        StructType schema = rows.rows().schema();
        int key = IntStream.range(0, schema.size())
                .filter(i ->
                        columns.kept().stream().anyMatch(kept -> kept.input().equals(schema.fieldNames()[i])))
                .filter(i -> rows.label().stream().noneMatch(schema.fieldNames()[i]::equals))
                .filter(i -> isKey(schema.fields()[i]))
                .findFirst()
                .orElse(-1);
        StructField field = key < 0 ? null : schema.fields()[key];
        return rows.with(new StrictPixels(rows.pixels(), rows.shape().size(), rows.name(), key, field));
    }

    private static boolean isKey(StructField field) {
        return field.dataType().equals(DataTypes.StringType)
                || field.dataType().equals(DataTypes.IntegerType)
                || field.dataType().equals(DataTypes.LongType);
    }

    @Override
    public byte[] read(InternalRow row) {
        try {
            byte[] image = images.read(row);
            if (image.length != size) {
                throw new MalformedImage("has " + image.length + " values, not " + size);
            }
            return image;
        } catch (MalformedImage e) {
            String where = key < 0 ? "" : " where " + keyField.name() + " is " + row.get(key, keyField.dataType());
            throw new UserException(
                    "predict " + name,
                    "a row" + where + " " + e.getMessage(),
                    "Correct it, or leave out --strict to have an error column");
        }
    }
}
