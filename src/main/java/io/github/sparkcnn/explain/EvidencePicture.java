package io.github.sparkcnn.explain;

import io.github.sparkcnn.image.ContactSheet;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PackedImages;
import java.awt.image.BufferedImage;

/**
 * An image in grey, with orange over what speaks for a class and blue over what speaks against it: two colours that are told apart by
 * who does not see red and green. The strongest is the picture's largest change, but a change below {@link #LEAST} never looks like a
 * large one.
 */
public final class EvidencePicture {

    /** What speaks for the class. */
    public static final int FOR = 0xff7a00;

    /** What speaks against it. */
    public static final int AGAINST = 0x2f80ff;

    /** Of the probability: full colour is never less than this. */
    public static final float LEAST = 0.05f;

    /** Some of the image is seen through the strongest colour. */
    private static final float DENSEST = 0.75f;

    private EvidencePicture() {}

    /** Of image {@code i}, as large as it. */
    public static BufferedImage draw(PackedImages images, int i, Evidence evidence) {
        ImageShape shape = images.shape();
        BufferedImage plain = ContactSheet.image(images, i);
        BufferedImage picture = new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_INT_RGB);
        float full = Math.max(LEAST, Math.max(evidence.largestFall(), evidence.largestRise()));
        for (int y = 0; y < shape.height(); y++) {
            for (int x = 0; x < shape.width(); x++) {
                float fall = evidence.falls()[y * shape.width() + x];
                float density = DENSEST * Math.abs(fall) / full;
                picture.setRGB(x, y, blend(grey(plain, x, y), fall > 0 ? FOR : AGAINST, density));
            }
        }
        return picture;
    }

    /** Luma as in ITU-R BT.601. */
    private static int grey(BufferedImage image, int x, int y) {
        if (image.getRaster().getNumBands() == 1) {
            return image.getRaster().getSample(x, y, 0);
        }
        int rgb = image.getRGB(x, y);
        return Math.round(0.299f * ((rgb >> 16) & 0xff) + 0.587f * ((rgb >> 8) & 0xff) + 0.114f * (rgb & 0xff));
    }

    private static int blend(int grey, int colour, float density) {
        int rgb = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            rgb |= Math.round(grey + density * (((colour >> shift) & 0xff) - grey)) << shift;
        }
        return rgb;
    }
}
