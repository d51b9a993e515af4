package io.github.sparkcnn.data;

import io.github.sparkcnn.data.pack.Reading;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedBuilder;
import io.github.sparkcnn.image.PackedImages;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.FlatMapFunction;

/** In a task: no more images of a partition than are asked for. */
final class FirstImages implements FlatMapFunction<Iterator<Reading>, PackedImages> {
    private static final long serialVersionUID = 1L;
    private final int most;

    private FirstImages(int most) {
        this.most = most;
    }

    /** One partition after the other, until there are enough. */
    static PackedImages of(JavaRDD<Reading> readings, ImageShape shape, int most) {
        PackedBuilder first = new PackedBuilder(shape, 0);
        for (int partition = 0; partition < readings.getNumPartitions() && first.size() < most; partition++) {
            for (PackedImages block : readings.mapPartitions(new FirstImages(most - first.size()))
                    .collectPartitions(new int[] {partition})[0]) {
                for (int i = 0; i < block.size(); i++) {
                    first.add(block, i, first.size());
                }
            }
        }
        return first.build();
    }

    @Override
    public Iterator<PackedImages> call(Iterator<Reading> readings) {
        List<PackedImages> first = new ArrayList<>();
        Iterator<PackedImages> blocks = Reading.blocks(readings);
        int left = most;
        while (left > 0 && blocks.hasNext()) {
            PackedImages block = blocks.next();
            PackedImages wanted = block.range(0, Math.min(left, block.size()));
            first.add(wanted);
            left -= wanted.size();
        }
        return first.iterator();
    }
}
