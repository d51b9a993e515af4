package io.github.sparkcnn.data;

import io.github.sparkcnn.image.PackedBuilder;
import io.github.sparkcnn.image.PackedImages;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import scala.Tuple2;

/** In a task: cuts a block into one slice a worker, image {@code i} of the data set into the slice of {@code i mod workers}. */
final class Deal implements PairFlatMapFunction<Iterator<PackedImages>, Integer, PackedImages> {
    private static final long serialVersionUID = 1L;

    private final int[] offsets;
    private final int workers;

    Deal(int[] offsets, int workers) {
        this.offsets = offsets;
        this.workers = workers;
    }

    @Override
    public Iterator<Tuple2<Integer, PackedImages>> call(Iterator<PackedImages> blocks) {
        PackedImages block = blocks.next();
        int offset = offsets[TaskContext.getPartitionId()];
        List<Tuple2<Integer, PackedImages>> slices = new ArrayList<>();
        for (int worker = 0; worker < workers; worker++) {
            PackedImages slice = slice(block, offset, worker);
            if (slice.size() > 0) {
                slices.add(new Tuple2<>(worker, slice));
            }
        }
        return slices.iterator();
    }

    private PackedImages slice(PackedImages block, int offset, int worker) {
        int first = Math.floorMod(worker - offset, workers);
        PackedBuilder slice =
                new PackedBuilder(block.shape(), Math.max(0, (block.size() - first + workers - 1) / workers));
        for (long i = first; i < block.size(); i += workers) {
            slice.add(block, (int) i, offset + (int) i);
        }
        return slice.build();
    }
}
