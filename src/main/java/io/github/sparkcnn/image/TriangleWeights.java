package io.github.sparkcnn.image;

/**
 * For each position of a scaled axis the source positions under its triangle and their weights, in fixed point with 22 bits behind
 * the point.
 *
 * @see <a href="https://github.com/python-pillow/Pillow/blob/main/src/libImaging/Resample.c">Pillow's Resample.c</a>
 */
final class TriangleWeights {
    private static final int BITS = 22;

    /** Where a sum begins, so that it is rounded. */
    static final int HALF = 1 << (BITS - 1);

    private final int first;
    private final int end;
    private final int[] starts;
    private final int[][] weights;

    /**
     * Weights of one axis.
     *
     * @param scaled length to which all {@code from} positions are scaled
     * @param offset of the scaled axis in the target's
     */
    TriangleWeights(int from, int scaled, int offset, int to) {
        first = Math.max(0, offset);
        end = Math.min(to, offset + scaled);
        starts = new int[to];
        weights = new int[to][];
        double scale = (double) from / scaled;
        double reach = Math.max(1, scale);
        for (int i = first; i < end; i++) {
            double centre = (i - offset + 0.5) * scale;
            starts[i] = Math.max(0, (int) (centre - reach + 0.5));
            weights[i] = fixed(triangle(starts[i], Math.min(from, (int) (centre + reach + 0.5)), centre, reach));
        }
    }

    private static double[] triangle(int start, int end, double centre, double reach) {
        double[] weights = new double[end - start];
        double sum = 0;
        for (int k = 0; k < weights.length; k++) {
            weights[k] = Math.max(0, 1 - Math.abs((k + start - centre + 0.5) * (1 / reach)));
            sum += weights[k];
        }
        for (int k = 0; k < weights.length; k++) {
            weights[k] /= sum;
        }
        return weights;
    }

    private static int[] fixed(double[] weights) {
        int[] fixed = new int[weights.length];
        for (int k = 0; k < fixed.length; k++) {
            fixed[k] = (int) (0.5 + weights[k] * (1 << BITS));
        }
        return fixed;
    }

    /** The first position of the target that is covered. */
    int first() {
        return first;
    }

    /** Behind the last position of the target that is covered. */
    int end() {
        return end;
    }

    int from(int i) {
        return starts[i];
    }

    int count(int i) {
        return weights[i].length;
    }

    int weight(int i, int k) {
        return weights[i][k];
    }

    /** Scales one line of bytes. */
    void line(byte[] source, int sourceStart, byte[] target, int targetStart) {
        for (int i = first; i < end; i++) {
            int[] mine = weights[i];
            int at = sourceStart + starts[i];
            int sum = HALF;
            for (int weight : mine) {
                sum += (source[at++] & 0xff) * weight;
            }
            target[targetStart + i] = level(sum);
        }
    }

    /** The grey level of a sum of weighted levels. */
    static byte level(int sum) {
        return (byte) Math.max(0, Math.min(255, sum >> BITS));
    }
}
