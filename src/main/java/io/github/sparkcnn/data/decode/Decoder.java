package io.github.sparkcnn.data.decode;

import io.github.sparkcnn.image.MalformedImage;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/**
 * Decodes one image after the other with the JDK's readers, kept from image to image; of one thread. Of an animation the first
 * frame; upright where EXIF says that it lies.
 */
public final class Decoder {
    private final Map<Encoding, ImageReader> readers = new EnumMap<>(Encoding.class);
    private final Warnings warnings = new Warnings();

    /**
     * Decodes.
     *
     * @throws MalformedImage saying why it is none, as what a file does: {@code is cut short}
     */
    public Picture decode(byte[] bytes) {
        ImageHeader header = ImageHeader.of(bytes);
        ImageReader reader = readers.computeIfAbsent(header.encoding(), this::reader);
        warnings.clear();
        try {
            Picture picture = picture(header, reader, bytes);
            warnings.require();
            return picture;
        } catch (MalformedImage e) {
            throw e;
        } catch (IOException | RuntimeException e) { // the readers throw what their arithmetic throws
            warnings.require();
            throw new MalformedImage("has damaged " + header.encoding() + " data"
                    + (e.getMessage() == null ? "" : ": " + e.getMessage().replaceAll("\\s+", " ")));
        }
    }

    private static Picture picture(ImageHeader header, ImageReader reader, byte[] bytes) throws IOException {
        return switch (header.encoding()) {
            case JPEG -> jpeg(reader, JpegSegments.of(bytes), bytes);
            case GIF -> {
                GifBlocks blocks = GifBlocks.of(bytes);
                yield blocks.onScreen(image(reader, blocks.withoutExtensions(bytes)));
            }
            case PNG -> {
                PngChunks.requireWhole(bytes);
                yield image(reader, bytes);
            }
            case BMP -> image(reader, bytes);
        };
    }

    private static Picture jpeg(ImageReader reader, JpegSegments segments, byte[] bytes) throws IOException {
        byte[] plain = segments.withoutProfile(bytes);
        Picture picture;
        if (segments.components() == 4) {
            reader.setInput(new ArrayInput(plain), true, true);
            picture = Inks.inColours(reader.readRaster(0, null), segments.adobe());
        } else {
            picture = image(reader, plain);
        }
        return Orientation.upright(picture, segments.orientation());
    }

    private static Picture image(ImageReader reader, byte[] bytes) throws IOException {
        reader.setInput(new ArrayInput(bytes), true, true);
        return Planes.of(reader.read(0));
    }

    private ImageReader reader(Encoding encoding) {
        ImageReader reader =
                ImageIO.getImageReadersByFormatName(encoding.name()).next();
        reader.addIIOReadWarningListener(warnings);
        return reader;
    }
}
