package io.github.sparkcnn.data.idx;

import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.fuzz.Compressed;
import io.github.sparkcnn.fuzz.InTask;
import io.github.sparkcnn.fuzz.OutsideReader;
import io.github.sparkcnn.fuzz.Scratch;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;

/** One file of an IDX pair beside a valid other one. */
public record FuzzedIdx(String name, boolean ofImages, Scratch scratch) implements OutsideReader {
    private static final String IMAGES = "train-images-idx3-ubyte";
    private static final String LABELS = "train-labels-idx1-ubyte";
    private static final byte[] THREE_IMAGES = idx(2051, 3, 2, 2);
    private static final byte[] THREE_LABELS = idx(2049, 3);

    public FuzzedIdx(String name, boolean ofImages) {
        this(name, ofImages, new Scratch());
    }

    private static byte[] idx(int magic, int... sizes) {
        ByteBuffer bytes =
                ByteBuffer.allocate(4 + 4 * sizes.length + Arrays.stream(sizes).reduce(1, (a, b) -> a * b));
        bytes.putInt(magic);
        Arrays.stream(sizes).forEach(bytes::putInt);
        return bytes.array();
    }

    @Override
    public List<byte[]> seeds() throws Exception {
        byte[] plain = ofImages ? THREE_IMAGES : THREE_LABELS;
        // A header that says 3 images of 4096 × 4096, and nothing behind it.
        byte[] bare = ByteBuffer.allocate(16)
                .putInt(2051)
                .putInt(3)
                .putInt(4096)
                .putInt(4096)
                .array();
        return List.of(plain, Compressed.gzip(plain), idx(2052, 3, 3, 2, 2), Compressed.gzip(bare));
    }

    @Override
    public void read(byte[] input) throws Exception {
        FileStatus images = scratch.file(IMAGES, ofImages ? input : THREE_IMAGES);
        scratch.file(LABELS, ofImages ? THREE_LABELS : input);
        ImageSource source = new ImageSource(IMAGES, "data.train", Split.TRAIN, "idx");
        for (FileStatus root : Stream.of(images, scratch.root()).toList()) {
            IdxRange whole = IdxFormat.whole(Scratch.STORAGE, source, root);
            InTask.drain(() -> new ReadRange(Scratch.HADOOP).call(whole));
        }
    }
}
