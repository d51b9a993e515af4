package io.github.sparkcnn.image;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Scales images to another height and width, bilinearly, with pixel centres at half-integers and no antialiasing
 * (torch.nn.functional.interpolate with mode "bilinear", align_corners False): source = (target + ½) · from / to − ½, not below
 * 0. Values are rounded to whole grey levels.
 */
public final class Resize implements Serializable {
    private static final long serialVersionUID = 1L;

    private final ImageShape from;
    private final ImageShape to;
    private final Axis rows;
    private final Axis columns;

    /** Stretches; the number of channels stays. */
    public Resize(ImageShape from, int height, int width) {
        this(from, new Resizing(height, width, Resizing.Mode.STRETCH));
    }

    /** Prepares weights; the number of channels stays. */
    public Resize(ImageShape from, Resizing resizing) {
        this.from = from;
        this.to = new ImageShape(from.channels(), resizing.height(), resizing.width());
        Placement placement = Placement.of(from.height(), from.width(), resizing);
        this.rows = new Axis(from.height(), placement.height(), placement.top(), to.height());
        this.columns = new Axis(from.width(), placement.width(), placement.left(), to.width());
    }

    /** The same images, scaled; the very same when they have the size already. */
    public static PackedImages apply(PackedImages images, int height, int width) {
        ImageShape from = images.shape();
        if (from.height() == height && from.width() == width) {
            return images;
        }
        Resize resize = new Resize(from, height, width);
        byte[] pixels = new byte[Math.multiplyExact(images.size(), resize.to.size())];
        for (int i = 0; i < images.size(); i++) {
            resize.apply(images.pixels(), i * from.size(), pixels, i * resize.to.size());
        }
        return new PackedImages(resize.to, images.labels(), pixels, images.indices());
    }

    /** The shape of the scaled images. */
    public ImageShape shape() {
        return to;
    }

    /** Scales one image that begins at {@code sourceStart} into {@code target} from {@code targetStart} on; all of it is written. */
    public void apply(byte[] source, int sourceStart, byte[] target, int targetStart) {
        for (int c = 0; c < to.channels(); c++) {
            int plane = sourceStart + c * from.height() * from.width();
            Arrays.fill(
                    target,
                    targetStart + c * to.height() * to.width(),
                    targetStart + (c + 1) * to.height() * to.width(),
                    (byte) 0);
            for (int y = rows.start; y < rows.end; y++) {
                int above = plane + rows.first[y] * from.width();
                int below = plane + rows.second[y] * from.width();
                int row = targetStart + (c * to.height() + y) * to.width();
                for (int x = columns.start; x < columns.end; x++) {
                    float top = columns.between(source, above, x);
                    float bottom = columns.between(source, below, x);
                    target[row + x] = (byte) Math.round(top + rows.weight[y] * (bottom - top));
                }
            }
        }
    }

    /** For each target position the two source positions around it and how far it is towards the second, 0…1. */
    private static final class Axis implements Serializable {
        private static final long serialVersionUID = 1L;
        private final int[] first;
        private final int[] second;
        private final float[] weight;

        private final int start;
        private final int end;

        /** All {@code from} positions scaled to so many, which begin at an offset in the target's axis. */
        Axis(int from, int scaled, int offset, int to) {
            start = Math.max(0, offset);
            end = Math.min(to, offset + scaled);
            first = new int[to];
            second = new int[to];
            weight = new float[to];
            for (int i = start; i < end; i++) {
                double place = Math.max(0, (i - offset + 0.5) * from / scaled - 0.5);
                first[i] = (int) place;
                second[i] = Math.min(first[i] + 1, from - 1);
                weight[i] = (float) (place - first[i]);
            }
        }

        float between(byte[] source, int line, int i) {
            int left = source[line + first[i]] & 0xff;
            int right = source[line + second[i]] & 0xff;
            return left + weight[i] * (right - left);
        }
    }
}
