package io.github.sparkcnn.data.table;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedImages;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import javax.imageio.ImageIO;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The same images as a table, in each of the ways in which people keep them. */
final class Tables {

    static final StructType IMAGE_STRUCT =
            StructType.fromDDL("origin STRING, height INT, width INT, nChannels INT, mode INT, data BINARY");

    private static final int[] FILES = {1, 10, 4}; // parts of fifteen

    private final SparkSession spark;
    private final PackedImages images;

    Tables(SparkSession spark, PackedImages images) {
        this.spark = spark;
        this.images = images;
    }

    /** {@code id, label, image}: three files, the shortest one first, so that their order by length is another one. */
    Dataset<Row> of(DataType type, IntFunction<Object> image) {
        return of(type, image, DataTypes.IntegerType, images::label);
    }

    Dataset<Row> of(DataType type, IntFunction<Object> image, DataType labels, IntFunction<Object> label) {
        StructType schema = new StructType()
                .add("id", DataTypes.LongType)
                .add("label", labels)
                .add("image", type);
        return table(schema, i -> RowFactory.create((long) i, label.apply(i), image.apply(i)));
    }

    Dataset<Row> table(StructType schema, IntFunction<Row> row) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            rows.add(row.apply(i));
        }
        Dataset<Row> table = spark.createDataFrame(List.of(), schema).coalesce(1);
        int from = 0;
        for (int part : FILES) {
            int to = from + images.size() * part / 15;
            Dataset<Row> file =
                    spark.createDataFrame(rows.subList(from, to), schema).coalesce(1);
            table = from == 0 ? file : table.union(file);
            from = to;
        }
        return table;
    }

    byte[] pixels(int i) {
        int size = images.shape().size();
        return Arrays.copyOfRange(images.pixels(), i * size, (i + 1) * size);
    }

    int pixel(int image, int pixel) {
        return images.pixels()[image * images.shape().size() + pixel] & 0xff;
    }

    List<Integer> numbers(int i) {
        List<Integer> numbers = new ArrayList<>();
        for (byte pixel : pixels(i)) {
            numbers.add(pixel & 0xff);
        }
        return numbers;
    }

    /** {@code [height][width][channels]}. */
    List<List<List<Integer>>> nested(int i) {
        ImageShape shape = images.shape();
        List<List<List<Integer>>> rows = new ArrayList<>();
        for (int y = 0; y < shape.height(); y++) {
            List<List<Integer>> row = new ArrayList<>();
            for (int x = 0; x < shape.width(); x++) {
                List<Integer> channels = new ArrayList<>();
                for (int c = 0; c < shape.channels(); c++) {
                    channels.add(pixel(i, (c * shape.height() + y) * shape.width() + x));
                }
                row.add(channels);
            }
            rows.add(row);
        }
        return rows;
    }

    Object dense(int i) {
        return Vectors.dense(
                numbers(i).stream().mapToDouble(Integer::doubleValue).toArray());
    }

    Object sparse(int i) {
        return Vectors.dense(
                        numbers(i).stream().mapToDouble(Integer::doubleValue).toArray())
                .toSparse();
    }

    byte[] png(int i) {
        ImageShape shape = images.shape();
        boolean grey = shape.channels() == 1;
        BufferedImage picture = new BufferedImage(
                shape.width(), shape.height(), grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
        int plane = shape.height() * shape.width();
        for (int p = 0; p < plane; p++) {
            int x = p % shape.width();
            int y = p / shape.width();
            if (grey) {
                picture.getRaster().setSample(x, y, 0, pixel(i, p));
            } else {
                picture.setRGB(x, y, pixel(i, p) << 16 | pixel(i, plane + p) << 8 | pixel(i, 2 * plane + p));
            }
        }
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(picture, "png", out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write a PNG", e);
        }
    }

    /** As Spark's data source {@code image} gives it: blue, green, red. */
    Row struct(int i) {
        ImageShape shape = images.shape();
        int plane = shape.height() * shape.width();
        byte[] data = new byte[shape.size()];
        for (int p = 0; p < plane; p++) {
            for (int c = 0; c < shape.channels(); c++) {
                data[p * shape.channels() + shape.channels() - 1 - c] = (byte) pixel(i, c * plane + p);
            }
        }
        int mode = shape.channels() == 1 ? 0 : 16; // OpenCV's CV_8UC1, CV_8UC3
        return RowFactory.create("file:/" + i, shape.height(), shape.width(), shape.channels(), mode, data);
    }
}
