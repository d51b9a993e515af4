package io.github.sparkcnn.data;

import io.github.sparkcnn.data.format.ImageFiles;
import io.github.sparkcnn.data.pack.Packing;
import io.github.sparkcnn.data.pack.Reading;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.Resize;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;

/** In a task: a block's images at another size; larger ones are in more blocks. */
final class ResizeBlocks implements FlatMapFunction<Reading, Reading> {
    private static final long serialVersionUID = 1L;

    private final ImageShape to;

    private ResizeBlocks(ImageShape to) {
        this.to = to;
    }

    static ImageFiles of(ImageFiles files, ImageShape to) {
        return new ImageFiles(
                files.name(), to, files.readings().flatMap(new ResizeBlocks(to)), files.split(), files.diagnosis());
    }

    @Override
    public Iterator<Reading> call(Reading reading) {
        return reading instanceof Reading.Block block
                ? Packing.of(Resize.apply(block.images(), to.height(), to.width()))
                : List.of(reading).iterator();
    }
}
