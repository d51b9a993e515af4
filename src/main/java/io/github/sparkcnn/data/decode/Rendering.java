package io.github.sparkcnn.data.decode;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.MalformedImage;
import io.github.sparkcnn.image.PhotographResize;
import io.github.sparkcnn.image.Resizing;
import java.io.Serializable;
import java.util.Optional;

/**
 * How encoded images become images of one shape. Grey ones are spread over three channels where colours are wanted; colours become
 * greys only where somebody asked for it. Of one thread.
 */
public final class Rendering implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ImageShape shape;
    private final boolean colourBecomesGrey;
    /** Null where images have the size already. */
    private final Resizing resizing;

    private transient Decoder decoder;
    private transient PhotographResize resize;
    private transient ImageShape resized;

    /**
     * Images of a shape.
     *
     * @param shape with 1 channel or 3; its size is that of the resizing, if there is one
     * @param colourBecomesGrey whether a colour image may lose its colours where the shape has 1 channel; else it is malformed
     * @param resizing of images of any size; where empty, one of another size is malformed
     */
    public Rendering(ImageShape shape, boolean colourBecomesGrey, Optional<Resizing> resizing) {
        this.shape = resizing.map(size -> new ImageShape(shape.channels(), size.height(), size.width()))
                .orElse(shape);
        this.colourBecomesGrey = colourBecomesGrey;
        this.resizing = resizing.orElse(null);
    }

    /** The shape of every image. */
    public ImageShape shape() {
        return shape;
    }

    /**
     * Decodes an image and brings it to the shape.
     *
     * @return {@code [channels · height · width]}
     * @throws MalformedImage saying why it cannot be had
     */
    public byte[] of(byte[] encoded) {
        Picture picture = decode(encoded);
        if (!fits(picture.shape())) {
            throw new MalformedImage("is " + size(picture.shape()) + ", not " + size(shape));
        }
        return of(picture);
    }

    /** Only decodes. */
    public Picture decode(byte[] encoded) {
        if (decoder == null) {
            decoder = new Decoder();
        }
        return decoder.decode(encoded);
    }

    /** Whether images of this height and width can be had. */
    public boolean fits(ImageShape size) {
        return resizing != null || (size.height() == shape.height() && size.width() == shape.width());
    }

    /** Brings an image that fits to the shape. */
    public byte[] of(Picture picture) {
        Picture toned = toned(picture);
        ImageShape size = toned.shape();
        if (size.equals(shape)) {
            return toned.pixels();
        }
        if (!size.equals(resized)) {
            resize = new PhotographResize(size, resizing);
            resized = size;
        }
        return resize.apply(toned.pixels());
    }

    private Picture toned(Picture picture) {
        int channels = picture.shape().channels();
        if (channels == shape.channels()) {
            return picture;
        }
        if (channels == 1) {
            return picture.inColours();
        }
        if (!colourBecomesGrey) {
            throw new MalformedImage("has colours, where the first images are grey");
        }
        return picture.inGreys();
    }

    /** A height and width, for messages. */
    public static String size(ImageShape shape) {
        return shape.height() + "×" + shape.width();
    }
}
