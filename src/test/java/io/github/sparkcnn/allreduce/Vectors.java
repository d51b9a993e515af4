package io.github.sparkcnn.allreduce;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/** Vectors for the tests, and the oracle: the weighted mean, in double precision, one worker after the other. */
public final class Vectors {

    private Vectors() {}

    public static float[] random(long seed, int length) {
        Random random = new Random(seed);
        float[] vector = new float[length];
        for (int i = 0; i < length; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return vector;
    }

    public static ByteBuffer direct(float[] values) {
        ByteBuffer buffer =
                ByteBuffer.allocateDirect(values.length * Float.BYTES).order(ByteOrder.nativeOrder());
        buffer.asFloatBuffer().put(values);
        return buffer;
    }

    public static float[] floats(ByteBuffer buffer) {
        float[] values = new float[buffer.capacity() / Float.BYTES];
        buffer.duplicate().order(ByteOrder.nativeOrder()).asFloatBuffer().get(values);
        return values;
    }

    public static double[] mean(float[][] vectors, long... weights) {
        double[] mean = new double[vectors[0].length];
        long total = 0;
        for (int rank = 0; rank < vectors.length; rank++) {
            total += weights[rank];
            for (int i = 0; i < mean.length && weights[rank] > 0; i++) {
                mean[i] += (double) vectors[rank][i] * weights[rank];
            }
        }
        for (int i = 0; i < mean.length; i++) {
            mean[i] /= total;
        }
        return mean;
    }
}
