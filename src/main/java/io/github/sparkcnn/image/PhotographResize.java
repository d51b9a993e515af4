package io.github.sparkcnn.image;

import java.util.Arrays;

/**
 * Scales photographs: a pixel of the result is the mean of all source pixels under a triangle around it, twice as wide as the
 * pixel, so that nothing is left out where a photograph becomes small. Bit for bit Pillow's {@code resize(…, BILINEAR)}, which is
 * torchvision's {@code Resize} with {@code antialias=True}: columns before rows, each rounded to whole grey levels.
 */
public final class PhotographResize {
    private final ImageShape from;
    private final ImageShape to;
    private final TriangleWeights rows;
    private final TriangleWeights columns;

    /** Prepares the weights; the number of channels stays. */
    public PhotographResize(ImageShape from, Resizing resizing) {
        this.from = from;
        this.to = new ImageShape(from.channels(), resizing.height(), resizing.width());
        Placement placement = Placement.of(from.height(), from.width(), resizing);
        this.rows = new TriangleWeights(from.height(), placement.height(), placement.top(), to.height());
        this.columns = new TriangleWeights(from.width(), placement.width(), placement.left(), to.width());
    }

    /** The shape of the scaled images. */
    public ImageShape shape() {
        return to;
    }

    /** Scales one image; what it does not cover is black. */
    public byte[] apply(byte[] source) {
        byte[] target = new byte[to.size()];
        byte[] narrow = new byte[from.height() * to.width()];
        int[] sums = new int[to.width()];
        for (int c = 0; c < from.channels(); c++) {
            for (int y = 0; y < from.height(); y++) {
                columns.line(source, (c * from.height() + y) * from.width(), narrow, y * to.width());
            }
            for (int y = rows.first(); y < rows.end(); y++) {
                Arrays.fill(sums, TriangleWeights.HALF);
                for (int k = 0; k < rows.count(y); k++) {
                    int row = (rows.from(y) + k) * to.width();
                    int weight = rows.weight(y, k);
                    for (int x = 0; x < sums.length; x++) {
                        sums[x] += (narrow[row + x] & 0xff) * weight;
                    }
                }
                int row = (c * to.height() + y) * to.width();
                for (int x = columns.first(); x < columns.end(); x++) {
                    target[row + x] = TriangleWeights.level(sums[x]);
                }
            }
        }
        return target;
    }
}
