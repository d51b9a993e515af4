package io.github.sparkcnn.data.column;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.format.Diagnosis;
import io.github.sparkcnn.data.format.ImageFiles;
import io.github.sparkcnn.data.format.PixelReader;
import io.github.sparkcnn.data.pack.Packing;
import io.github.sparkcnn.data.pack.Reading;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.MalformedImage;
import io.github.sparkcnn.image.PackedBuilder;
import io.github.sparkcnn.image.PixelLayout;
import io.github.sparkcnn.image.Resizing;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/** In a task: the rows (image, label) of one partition become packed images. */
public final class LabelledImages implements FlatMapFunction<Iterator<InternalRow>, Reading> {
    private static final long serialVersionUID = 1L;
    private static final int LABEL = 1;

    private final String name;
    private final ImageShape shape;
    private final PixelReader pixels;
    /** What label i is written as; null where labels are numbers. */
    private final String[] texts;

    private transient Map<UTF8String, Integer> byText;

    private LabelledImages(String name, ImageShape shape, PixelReader pixels, Optional<List<String>> texts) {
        this.name = name;
        this.shape = shape;
        this.pixels = pixels;
        this.texts = texts.map(values -> values.toArray(String[]::new)).orElse(null);
    }

    /**
     * The images of a DataFrame, which is read when they are asked for.
     *
     * @param name of the data set, for messages
     * @param layout of images that do not tell it
     * @param resizing brings images that tell another height and width to the shape
     */
    public static ImageFiles of(
            String name,
            Dataset<Row> rows,
            ImageColumn image,
            LabelColumn label,
            ImageShape shape,
            Optional<PixelLayout> layout,
            Optional<Resizing> resizing) {
        Dataset<Row> both = rows.select(
                Columns.named(image.name()).as("image"), label.column().as("label"));
        StructType schema = both.schema();
        Optional<List<String>> texts = label.texts(rows);
        PixelReader pixels = ImageColumn.of(schema, "image").reader(shape, layout, resizing);
        // Spark's own rows: Dataset.javaRDD() would make an object of every row again.
        JavaRDD<Reading> readings =
                both.queryExecution().toRdd().toJavaRDD().mapPartitions(new LabelledImages(name, shape, pixels, texts));
        return new ImageFiles(name, shape, readings, List.of(), Diagnosis.NONE, texts);
    }

    @Override
    public Iterator<Reading> call(Iterator<InternalRow> rows) {
        return new Packing(shape, block -> rows.hasNext() && add(rows.next(), block));
    }

    private boolean add(InternalRow row, PackedBuilder block) {
        if (row.isNullAt(LABEL)) {
            throw refusal("a row's label is null");
        }
        int label = texts == null ? number(row.getDouble(LABEL)) : coded(row.getUTF8String(LABEL));
        try {
            block.add(label, pixels.read(row), block.size());
        } catch (MalformedImage e) {
            String written = texts == null ? String.valueOf(label) : texts[label];
            throw refusal("of an image with label " + written + ", " + e.getMessage());
        }
        return true;
    }

    private int number(double label) {
        if ((int) label != label) {
            throw refusal("a row's label is " + label + ", no whole number");
        }
        return (int) label;
    }

    private int coded(UTF8String label) {
        if (byText == null) {
            byText = new HashMap<>();
            for (int i = 0; i < texts.length; i++) {
                byText.put(UTF8String.fromString(texts[i]), i);
            }
        }
        Integer code = byText.get(label);
        if (code == null) {
            throw refusal("the label " + label + " was not there when the labels were looked through");
        }
        return code;
    }

    private UserException refusal(String reason) {
        return new UserException("read " + name, reason, "Correct the row or leave it out");
    }
}
