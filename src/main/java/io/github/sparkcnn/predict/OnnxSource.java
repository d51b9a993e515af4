package io.github.sparkcnn.predict;

/**
 * An ONNX model that takes pixels.
 *
 * @param model the bytes of the file
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record OnnxSource(byte[] model) implements ScorerSource {

    @Override
    public Scorer open(int batchSize) {
        return new OnnxScorer(model, batchSize);
    }
}
