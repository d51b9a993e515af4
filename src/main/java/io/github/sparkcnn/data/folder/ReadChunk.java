package io.github.sparkcnn.data.folder;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sparkcnn.config.DataConfig.Malformed;
import io.github.sparkcnn.data.decode.Picture;
import io.github.sparkcnn.data.format.BadImages;
import io.github.sparkcnn.data.format.LeftOut;
import io.github.sparkcnn.data.pack.Packing;
import io.github.sparkcnn.data.pack.Reading;
import io.github.sparkcnn.image.MalformedImage;
import io.github.sparkcnn.image.PackedBuilder;
import io.github.sparkcnn.io.DataFile;
import io.github.sparkcnn.io.Md5;
import io.github.sparkcnn.io.Storage;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/** In a task: the files of a chunk become images; of a folder, also the sum of their names and bytes. */
final class ReadChunk implements FlatMapFunction<Chunk, Reading> {
    private static final long serialVersionUID = 1L;

    private final SerializableConfiguration hadoop;
    private final Container container;
    private final Wanted wanted;
    private final Malformed malformed;
    private final LeftOut leftOut;

    ReadChunk(
            SerializableConfiguration hadoop,
            Container container,
            Wanted wanted,
            Malformed malformed,
            LeftOut leftOut) {
        this.hadoop = hadoop;
        this.container = container;
        this.wanted = wanted;
        this.malformed = malformed;
        this.leftOut = leftOut;
    }

    @Override
    public Iterator<Reading> call(Chunk chunk) {
        Contents contents = new Contents(Storage.ofCluster(hadoop.value()), container);
        TaskContext.get().addTaskCompletionListener((TaskCompletionListener) ended -> contents.close());
        Files files = new Files(chunk, contents);
        Iterator<Reading> images = new Packing(wanted.rendering().shape(), files::addTo);
        return container.kind() == Container.Kind.FOLDER ? new Summed(images, files) : images;
    }

    private final class Files {
        private final Chunk chunk;
        private final Contents contents;
        private final Md5 md5 = new Md5();
        private long bytes;
        private int next;
        private final LeftOut.InPart dropped;

        Files(Chunk chunk, Contents contents) {
            this.chunk = chunk;
            this.contents = contents;
            this.dropped = new LeftOut.InPart(chunk.number());
        }

        boolean addTo(PackedBuilder block) {
            while (next < chunk.members().size()) {
                int i = next++;
                if (add(chunk.members().get(i), chunk.labels()[i], block)) {
                    return true;
                }
            }
            leftOut.add(dropped);
            return false;
        }

        private boolean add(Member member, int label, PackedBuilder block) {
            String name = container.above() + member.name();
            try {
                byte[] encoded = contents.of(member);
                sum(name, encoded);
                Picture picture = wanted.rendering().decode(encoded);
                wanted.requireFits(name, picture.shape(), Storage.display(container.path()));
                block.add(label, wanted.rendering().of(picture), block.size());
                return true;
            } catch (MalformedImage e) {
                if (malformed == Malformed.FAIL) {
                    throw BadImages.in(
                            new Path(container.path(), name),
                            "it " + e.getMessage(),
                            "Take the file away, or set data.malformed = drop to leave such files out");
                }
                dropped.drop(name + ", which " + e.getMessage());
                return false;
            }
        }

        private void sum(String name, byte[] encoded) {
            md5.add((name + "\0" + encoded.length + "\0").getBytes(UTF_8));
            md5.add(encoded);
            bytes += encoded.length;
        }
    }

    /** The images, and behind them the sum of the chunk. */
    private final class Summed implements Iterator<Reading> {
        private final Iterator<Reading> images;
        private final Files files;
        private boolean isSummed;

        Summed(Iterator<Reading> images, Files files) {
            this.images = images;
            this.files = files;
        }

        @Override
        public boolean hasNext() {
            return images.hasNext() || !isSummed;
        }

        @Override
        public Reading next() {
            if (images.hasNext()) {
                return images.next();
            }
            if (isSummed) {
                throw new NoSuchElementException();
            }
            isSummed = true;
            String folder = Storage.display(new Path(container.path(), container.above() + "*"));
            return new Reading.Checked(new DataFile(folder, files.bytes, files.md5.hex()));
        }
    }
}
