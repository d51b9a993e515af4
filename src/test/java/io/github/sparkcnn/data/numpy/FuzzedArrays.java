package io.github.sparkcnn.data.numpy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.data.format.Split;
import io.github.sparkcnn.fuzz.Compressed;
import io.github.sparkcnn.fuzz.Compressed.Entry;
import io.github.sparkcnn.fuzz.InTask;
import io.github.sparkcnn.fuzz.OutsideReader;
import io.github.sparkcnn.fuzz.Scratch;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.numpy.FuzzedNpz;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;

/** Images and labels in an {@code .npz}, or images in an {@code .npy} beside labels. */
public record FuzzedArrays(String name, String file, Scratch scratch) implements OutsideReader {
    private static final byte[] IMAGES = FuzzedNpz.array("|u1", "False", "(3, 2, 2)", 12);
    private static final byte[] LABELS = FuzzedNpz.array("<i8", "False", "(3,)", 24);

    public FuzzedArrays(String name, String file) {
        this(name, file, new Scratch());
    }

    @Override
    public List<byte[]> seeds() throws Exception {
        byte[] halves = FuzzedNpz.array("<f2", "False", "(3, 4)", 24);
        byte[] many = FuzzedNpz.array("|u1", "False", "(1, 11000, 11000)", 4);
        return file.endsWith(".npy")
                ? List.of(IMAGES, halves, many)
                : List.of(
                        Compressed.stored(new Entry("x_train.npy", IMAGES), new Entry("y_train.npy", LABELS)),
                        Compressed.deflated(new Entry("images.npy", halves), new Entry("labels.npy", LABELS)),
                        lying(Compressed.stored(
                                new Entry("x.npy", many),
                                new Entry("y.npy", FuzzedNpz.array("<i8", "False", "(1,)", 8)))));
    }

    /** With a directory that says of the first array what its header says. */
    private static byte[] lying(byte[] zip) {
        int entry = new String(zip, ISO_8859_1).indexOf("PK\1\2");
        ByteBuffer directory = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int more = 11_000 * 11_000 - 4;
        directory.putInt(entry + 20, directory.getInt(entry + 20) + more);
        directory.putInt(entry + 24, directory.getInt(entry + 24) + more);
        return zip;
    }

    @Override
    public List<String> words() {
        return new FuzzedNpz().words();
    }

    @Override
    public void read(byte[] input) throws Exception {
        FileStatus root = scratch.file(file, input);
        if (file.endsWith(".npy")) {
            scratch.file("y_train.npy", LABELS);
        }
        ImageSource source = new ImageSource(file, "data.train", Split.TRAIN, "npz");
        try (ArrayFiles files = ArrayFiles.open(Scratch.STORAGE, root)) {
            ArrayNames names = ArrayNames.among(files.names(), Split.TRAIN)
                    .orElseThrow(() -> ArrayNames.absent(root.getPath(), files.names(), Split.TRAIN));
            ImageShape shape = NumpyFormat.shape(files, names, source);
            InTask.drain(() -> new ReadArrays(Scratch.HADOOP, names, shape, source.layoutOf(shape.size()))
                    .call(root.getPath().toString()));
        }
        scratch.requireOnly(file, "y_train.npy");
    }
}
