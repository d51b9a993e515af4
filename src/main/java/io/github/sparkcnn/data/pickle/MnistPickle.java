package io.github.sparkcnn.data.pickle;

import io.github.sparkcnn.FileException;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedImages;
import io.github.sparkcnn.io.CompressedInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * The three parts of {@code mnist.pkl.gz}: 50,000 training, 10,000 validation and 10,000 test images in the original file. It
 * holds floats k/256, which become the bytes k again.
 */
public record MnistPickle(PackedImages train, PackedImages validation, PackedImages test) {

    private static final float LEVELS = 256;
    /** The first byte of a gzip stream, which no pickle begins with. */
    private static final byte GZIP = 0x1f;

    private static final List<String> PARTS = List.of("training", "validation", "test");

    /**
     * Reads the pickle, gzipped or not; the stream stays open.
     *
     * @param source the file's path, for messages
     * @throws UserException when it is no such file, is cut off, asks for code, or holds other types, shapes or values
     */
    public static MnistPickle read(InputStream in, String source) {
        List<PackedImages> parts = new ArrayList<>();
        try {
            Object pickle = PickleReader.read(unzipped(in, source), source);
            if (!(pickle instanceof List<?> pairs) || pairs.size() != PARTS.size()) {
                throw refusal(source, "it does not hold three parts (training, validation, test)");
            }
            for (int i = 0; i < PARTS.size(); i++) {
                parts.add(part(pairs.get(i), source, PARTS.get(i)));
            }
        } catch (IOException e) {
            throw new FileException("read", source, e);
        }
        return new MnistPickle(parts.get(0), parts.get(1), parts.get(2));
    }

    /** The stream, through gzip if it begins like gzip's. */
    private static InputStream unzipped(InputStream in, String source) throws IOException {
        PushbackInputStream whole = new PushbackInputStream(in);
        byte[] start = whole.readNBytes(1);
        whole.unread(start);
        boolean isGzip = start.length == 1 && start[0] == GZIP;
        return isGzip ? CompressedInput.gzip(source, whole) : whole;
    }

    private static PackedImages part(Object pair, String source, String name) {
        if (!(pair instanceof List<?> both)
                || both.size() != 2
                || !(both.get(0) instanceof PickledArray images)
                || !(both.get(1) instanceof PickledArray labels)) {
            throw refusal(source, "its " + name + " part is not a pair of NumPy arrays");
        }
        String ofImages = name + " images";
        String ofLabels = name + " labels";
        ByteBuffer floats = values(images, "f4", Float.BYTES, source, ofImages);
        ByteBuffer numbers = values(labels, "i8", Long.BYTES, source, ofLabels);
        int count = numbers.remaining() / Long.BYTES;
        requireShape(labels, List.of((long) count), source, ofLabels);
        requireShape(images, List.of((long) count, (long) ImageShape.MNIST.size()), source, ofImages);
        byte[] pixels = new byte[count * ImageShape.MNIST.size()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = level(floats.getFloat(), source, ofImages);
        }
        int[] classes = new int[count];
        int[] indices = new int[count];
        for (int i = 0; i < count; i++) {
            classes[i] = label(numbers.getLong(), source, ofLabels);
            indices[i] = i;
        }
        return new PackedImages(ImageShape.MNIST, classes, pixels, indices);
    }

    private static ByteBuffer values(PickledArray array, String type, int bytes, String source, String what) {
        if (!array.type.code.equals(type)) {
            throw refusal(source, "its " + what + " have the type " + array.type.code + ", not " + type);
        }
        long count = array.shape.stream().reduce(1L, (a, b) -> Math.min(a * b, 1L << 40));
        if (array.data.length != count * bytes) {
            throw refusal(
                    source,
                    "its " + what + " have " + array.data.length + " bytes, their shape " + array.shape + " has "
                            + count * bytes);
        }
        if (array.fortran && array.shape.size() > 1) {
            throw refusal(source, "its " + what + " are in Fortran's order");
        }
        ByteOrder order = array.type.byteOrder.equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        return ByteBuffer.wrap(array.data).order(order);
    }

    private static void requireShape(PickledArray array, List<Long> shape, String source, String what) {
        if (!array.shape.equals(shape)) {
            throw refusal(source, "its " + what + " have the shape " + array.shape + ", not " + shape);
        }
    }

    private static byte level(float value, String source, String what) {
        float level = value * LEVELS;
        if (!(level >= 0 && level < LEVELS) || level != (int) level) {
            throw refusal(
                    source, "among its " + what + " is " + value + ", which is no whole number of 256ths below 1");
        }
        return (byte) (int) level;
    }

    private static int label(long value, String source, String what) {
        if (value < 0 || value > 9) {
            throw refusal(source, "among its " + what + " is " + value + ", which is no digit");
        }
        return (int) value;
    }

    private static UserException refusal(String source, String reason) {
        return new UserException(
                "read " + source, reason, "Give the original mnist.pkl.gz, or the IDX files with data.format = idx");
    }
}
