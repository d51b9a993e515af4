package io.github.sparkcnn.bench;

import io.github.sparkcnn.kernel.Kernels;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.nativeblas.NativeOpsHolder;

/** What this processor multiplies: oneDNN's SGEMM of square matrices. */
final class Sgemm {

    private static final int SIZE = 2048;

    private Sgemm() {}

    /** Billions of floating-point operations a second. */
    static double gigaflops(int threads, double seconds) {
        Kernels.wake();
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
        try (FloatPointer a = ones();
                FloatPointer b = ones();
                FloatPointer c = ones()) {
            multiply(a, b, c);
            long start = System.nanoTime();
            int count = 0;
            while (System.nanoTime() - start < seconds * 1e9) {
                multiply(a, b, c);
                count++;
            }
            return 2.0 * SIZE * SIZE * SIZE * count / (System.nanoTime() - start);
        }
    }

    private static void multiply(FloatPointer a, FloatPointer b, FloatPointer c) {
        dnnl.dnnl_sgemm((byte) 'N', (byte) 'N', SIZE, SIZE, SIZE, 1, a, SIZE, b, SIZE, 0, c, SIZE);
    }

    private static FloatPointer ones() {
        float[] values = new float[SIZE * SIZE];
        java.util.Arrays.fill(values, 1);
        return new FloatPointer(values);
    }
}
