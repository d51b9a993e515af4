package io.github.sparkcnn.data.decode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.fuzz.OutsideReader;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.MalformedImage;
import io.github.sparkcnn.image.Resizing;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** Encoded images of one kind; the checksums of a PNG are set right, so that what is behind them is reached. */
public record FuzzedImage(Encoding encoding, Rendering rendering) implements OutsideReader {
    private static final int SIGNATURE = 8;

    public FuzzedImage(Encoding encoding) {
        this(
                encoding,
                new Rendering(new ImageShape(3, 8, 8), false, Optional.of(new Resizing(8, 8, Resizing.Mode.STRETCH))));
    }

    @Override
    public String name() {
        return encoding.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> images = PillowImages.images()
                .map(PillowImages.Case::bytes)
                .filter(bytes -> Encoding.of(bytes) == encoding)
                .toList();
        byte[] first = images.get(0);
        return Stream.concat(
                        images.stream(),
                        Stream.of(huge(first.clone()), encoding == Encoding.JPEG ? twice(first) : odd(first.clone())))
                .toList();
    }

    /** A header that says 9,000 × 9,000 pixels, before as few as there were. */
    private byte[] huge(byte[] image) {
        ByteBuffer bytes = ByteBuffer.wrap(image);
        switch (encoding) {
            case PNG -> bytes.putInt(16, 9000).putInt(20, 9000);
            case GIF, BMP -> bytes.order(ByteOrder.LITTLE_ENDIAN);
            case JPEG -> {
                int frame = new String(image, ISO_8859_1).indexOf("\u00ff\u00c0");
                bytes.putShort(frame + 5, (short) 9000).putShort(frame + 7, (short) 9000);
            }
        }
        if (encoding == Encoding.GIF) {
            bytes.putShort(6, (short) 9000).putShort(8, (short) 9000);
        } else if (encoding == Encoding.BMP) {
            bytes.putInt(18, 9000).putInt(22, 9000).putInt(30, 1);
        }
        return image;
    }

    /** A frame of 9,000 × 9,000 pixels before the true one. */
    private byte[] twice(byte[] image) {
        int frame = new String(image, ISO_8859_1).indexOf("\u00ff\u00c0");
        byte[] one = Arrays.copyOfRange(huge(image.clone()), frame, frame + 2 + (image[frame + 3] & 0xff));
        return ByteBuffer.allocate(image.length + one.length)
                .put(image, 0, frame)
                .put(one)
                .put(image, frame, image.length - frame)
                .array();
    }

    /**
     * Of a bitmap, five bits a pixel and a compression that there is not; of a GIF, an extension that goes on where others end, with
     * what would be a frame of 17,984 × 17,984 pixels.
     */
    private byte[] odd(byte[] image) {
        if (encoding == Encoding.GIF) {
            int start = 13 + (3 << ((image[10] & 7) + 1));
            byte[] extension = {'!', (byte) 0xf9, 4, 0, 0, 0, 0, 11, ',', 0, 0, 0, 0, 0x40, 0x46, 0x40, 0x46, 0, 8, 0};
            return ByteBuffer.allocate(image.length + extension.length)
                    .put(image, 0, start)
                    .put(extension)
                    .put(image, start, image.length - start)
                    .array();
        }
        if (encoding == Encoding.BMP) {
            ByteBuffer.wrap(image)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putShort(28, (short) 5)
                    .putInt(30, 0x44490000);
        }
        return image;
    }

    @Override
    public int bytesForAByte() {
        return 1 << 16;
    }

    @Override
    public List<String> words() {
        return List.of(
                "IHDR", "PLTE", "tRNS", "IDAT", "IEND", "iCCP", "zTXt", "Exif\0\0", "II*\0", "MM\0*", "Adobe", "!\371");
    }

    @Override
    public void read(byte[] input) {
        try {
            rendering.of(encoding == Encoding.PNG ? summed(input) : input);
        } catch (MalformedImage e) { // who reads files of a data set makes this of it
            throw new UserException("read an image", "it " + e.getMessage(), "Take the file away");
        }
    }

    private static byte[] summed(byte[] input) {
        ByteBuffer png = ByteBuffer.wrap(input.clone());
        int at = SIGNATURE;
        while (at + 12 <= input.length && png.getInt(at) >= 0 && png.getInt(at) <= input.length - at - 12) {
            int length = png.getInt(at);
            CRC32 crc = new CRC32();
            crc.update(input, at + 4, length + 4);
            png.putInt(at + 8 + length, (int) crc.getValue());
            at += length + 12;
        }
        return png.array();
    }

    @Override
    public int tries() {
        return 800;
    }
}
