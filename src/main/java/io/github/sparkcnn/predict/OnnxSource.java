package io.github.sparkcnn.predict;

import io.github.sparkcnn.kernel.BackendReport;
import java.util.function.Consumer;

/**
 * An ONNX model that takes pixels.
 *
 * @param model the bytes of the file
 * @param threads of ONNX Runtime; 0 for as many as the executor gives every other kernel
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record OnnxSource(byte[] model, int threads) implements ScorerSource {

    @Override
    public Scorer open(int batchSize, Consumer<BackendReport> told) {
        return new OnnxScorer(model, threads, batchSize);
    }
}
