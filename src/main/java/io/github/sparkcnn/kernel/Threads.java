package io.github.sparkcnn.kernel;

import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * OpenMP's number of threads for the Java thread that calls. ND4J's natives and oneDNN share one libgomp, which keeps the
 * number per calling thread, so that every replica has its own.
 */
public record Threads(int count) {

    /** Sets it for the calling thread. */
    public void apply() {
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(count);
    }
}
