package io.github.sparkcnn.data.pack;

import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.io.DataFile;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;

/**
 * What the driver learns of one partition.
 *
 * @param labels {@code [n]}, of its images in their order
 * @param files that were read to their end
 */
@SuppressWarnings("ArrayRecordComponent") // labels of millions of images, compared by nobody
record PartSummary(int[] labels, List<DataFile> files) implements Serializable {

    /** In a task: reads the partition. */
    static final class Read implements FlatMapFunction<Iterator<Reading>, PartSummary> {
        private static final long serialVersionUID = 1L;

        @Override
        public Iterator<PartSummary> call(Iterator<Reading> readings) {
            List<int[]> labels = new ArrayList<>();
            List<DataFile> files = new ArrayList<>();
            while (readings.hasNext()) {
                Reading reading = readings.next();
                if (reading instanceof Reading.Block block) {
                    PackedImages images = block.images();
                    labels.add(images.labels());
                } else if (reading instanceof Reading.Checked checked) {
                    files.add(checked.file());
                }
            }
            return List.of(new PartSummary(joined(labels), files)).iterator();
        }
    }

    static int[] joined(List<int[]> parts) {
        int[] all = new int[parts.stream().mapToInt(part -> part.length).reduce(0, Math::addExact)];
        int at = 0;
        for (int[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }
}
