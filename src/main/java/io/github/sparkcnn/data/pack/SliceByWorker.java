package io.github.sparkcnn.data.pack;

import io.github.sparkcnn.image.PackedBuilder;
import io.github.sparkcnn.image.PackedImages;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import scala.Tuple2;

/**
 * In a task: cuts blocks into slices, image {@code i} of the data set into one of worker {@code (i / run) mod cycle mod workers}.
 */
final class SliceByWorker implements PairFlatMapFunction<Iterator<PackedImages>, SliceKey, PackedImages> {
    private static final long serialVersionUID = 1L;

    private final int workers;
    private final int run;
    private final int cycle;
    private final int sliceBytes;

    /**
     * @param run images that follow each other and stay together
     * @param cycle runs after which worker 0 is next, whoever would be
     */
    SliceByWorker(int workers, int run, int cycle, int sliceBytes) {
        this.workers = workers;
        this.run = run;
        this.cycle = cycle;
        this.sliceBytes = sliceBytes;
    }

    @Override
    public Iterator<Tuple2<SliceKey, PackedImages>> call(Iterator<PackedImages> blocks) {
        return new Slices(blocks);
    }

    private final class Slices implements Iterator<Tuple2<SliceKey, PackedImages>> {
        private final Iterator<PackedImages> blocks;
        private final PackedBuilder[] open = new PackedBuilder[workers];
        private final Deque<Tuple2<SliceKey, PackedImages>> ready = new ArrayDeque<>();

        Slices(Iterator<PackedImages> blocks) {
            this.blocks = blocks;
        }

        @Override
        public boolean hasNext() {
            while (ready.isEmpty() && blocks.hasNext()) {
                cut(blocks.next());
                if (!blocks.hasNext()) {
                    for (int worker = 0; worker < workers; worker++) {
                        finish(worker);
                    }
                }
            }
            return !ready.isEmpty();
        }

        @Override
        public Tuple2<SliceKey, PackedImages> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return ready.poll();
        }

        private void cut(PackedImages block) {
            int most = Packing.imagesOf(block.shape(), sliceBytes);
            for (int i = 0; i < block.size(); i++) {
                int index = block.indices()[i];
                int worker = index / run % cycle % workers;
                if (open[worker] == null) {
                    open[worker] = new PackedBuilder(block.shape(), most);
                }
                open[worker].add(block, i, index);
                if (open[worker].size() == most) {
                    finish(worker);
                }
            }
        }

        private void finish(int worker) {
            if (open[worker] != null) {
                PackedImages slice = open[worker].build();
                ready.add(new Tuple2<>(new SliceKey(worker, slice.indices()[0]), slice));
                open[worker] = null;
            }
        }
    }
}
