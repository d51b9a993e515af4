package io.github.sparkcnn.kernel.onednn;

import org.bytedeco.javacpp.FloatPointer;

/** variance = 10^(2 · log10 deviation), channel by channel. */
record RunningVariance(FloatPointer logDeviation, FloatPointer variance, int channels) implements Runnable {

    @Override
    public void run() {
        for (int i = 0; i < channels; i++) {
            variance.put(i, (float) of(logDeviation.get(i)));
        }
    }

    static double of(float logDeviation) {
        return Math.pow(10, 2.0 * logDeviation);
    }
}
