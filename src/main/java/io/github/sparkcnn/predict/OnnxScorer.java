package io.github.sparkcnn.predict;

import io.github.sparkcnn.onnx.OnnxInput;
import io.github.sparkcnn.onnx.OnnxModel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Scores with ONNX Runtime. All scorers of a JVM share one session per model, so that an executor opens it once. */
final class OnnxScorer implements Scorer {
    private final OnnxModel model;
    private final FloatBuffer batch;

    /**
     * Takes a model that normalises its pixels itself.
     *
     * @param bytes of the ONNX file, with input {@link OnnxInput#PIXELS}
     * @param threads of ONNX Runtime; 0 for as many as every other kernel here gets
     * @param batchSize the most images that one call brings
     */
    OnnxScorer(byte[] bytes, int threads, int batchSize) {
        this.model = OnnxModelCache.shared(bytes, threads);
        if (model.input() != OnnxInput.PIXELS) {
            throw new IllegalArgumentException("The model takes normalised images, not pixels");
        }
        this.batch = ByteBuffer.allocateDirect(batchSize * model.imageSize() * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    @Override
    public void score(byte[] pixels, int size, float[] probabilities) {
        int count = size * model.imageSize();
        for (int i = 0; i < count; i++) {
            batch.put(i, pixels[i] & 0xff);
        }
        model.run(batch, size, probabilities);
    }

    @Override
    public int batchSize() {
        return batch.capacity() / model.imageSize();
    }

    /** The session stays for the next task; the buffer goes with this object. */
    @Override
    public void close() {}
}
