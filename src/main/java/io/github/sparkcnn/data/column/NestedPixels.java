package io.github.sparkcnn.data.column;

import io.github.sparkcnn.data.format.PixelReader;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.MalformedImage;
import io.github.sparkcnn.image.PixelLayout;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;

/** In a task: arrays in arrays in an array, whose sides tell which of them is the channels, image by image. */
record NestedPixels(int column, DataType type, ImageShape shape) implements PixelReader {
    @Override
    public byte[] read(InternalRow row) {
        Optional<List<Integer>> sides = ArrayPixels.sides(row, column, type);
        PixelLayout layout = sides.filter(PixelLayout::isShape)
                .map(PixelLayout::of)
                .filter(found -> found.shape().equals(shape))
                .orElseThrow(() -> sides.map(found ->
                                new MalformedImage("has arrays of the sides " + found + ", no image of " + shape))
                        .orElseGet(PixelValue::noImage));
        return ArrayPixels.of(column, type, layout).read(row);
    }
}
