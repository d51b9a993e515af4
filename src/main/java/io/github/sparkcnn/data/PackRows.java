package io.github.sparkcnn.data;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedBuilder;
import io.github.sparkcnn.image.PackedImages;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.catalyst.InternalRow;

/** In a task: the rows {@code (label, pixels)} of one partition become one block, indexed from 0. */
final class PackRows implements FlatMapFunction<Iterator<InternalRow>, PackedImages> {
    private static final long serialVersionUID = 1L;

    private final ImageShape shape;
    private final int classes;

    PackRows(ImageShape shape, int classes) {
        this.shape = shape;
        this.classes = classes;
    }

    @Override
    public Iterator<PackedImages> call(Iterator<InternalRow> rows) {
        PackedBuilder block = new PackedBuilder(shape, 0);
        while (rows.hasNext()) {
            InternalRow row = rows.next();
            if (row.isNullAt(0) || row.isNullAt(1)) {
                throw refusal("a row without label or pixels");
            }
            int label = row.getInt(0);
            if (label < 0 || label >= classes) {
                throw refusal("a row with label " + label + ", outside 0.." + (classes - 1));
            }
            byte[] pixels = row.getBinary(1);
            if (pixels.length != shape.size()) {
                throw refusal("a row of " + pixels.length + " pixels, where images are " + shape);
            }
            block.add(label, pixels, block.size());
        }
        return List.of(block.build()).iterator();
    }

    private static UserException refusal(String found) {
        return new UserException(
                "pack the images",
                "the DataFrame has " + found,
                "Correct the rows, each a label and the bytes of one image");
    }
}
