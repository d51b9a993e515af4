package io.github.sparkcnn.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.github.sparkcnn.Visible;
import io.github.sparkcnn.onnx.layer.HeadTranslation;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Set;

/** An exported model in ONNX Runtime, on the processor. Safe for use by several threads at a time. */
public final class OnnxModel implements AutoCloseable {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final String input;
    private final long[] imageShape;
    private final int classes;

    private OnnxModel(byte[] model, int threads) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            this.session = environment.createSession(model, options);
        }
        this.input = session.getInputNames().iterator().next();
        this.imageShape = ((TensorInfo) session.getInputInfo().get(input).getInfo()).getShape();
        TensorInfo output = (TensorInfo)
                session.getOutputInfo().get(HeadTranslation.PROBABILITIES).getInfo();
        this.classes = Math.toIntExact(output.getShape()[1]);
    }

    /**
     * Opens the bytes of an ONNX file written by {@link OnnxExport}.
     *
     * @param threads within one operator
     */
    public static OnnxModel open(byte[] model, int threads) {
        try {
            return new OnnxModel(model, threads);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime cannot open the model: " + Visible.firstLine(e), e);
        }
    }

    /** What it takes. */
    public OnnxInput input() {
        return input.equals(OnnxInput.PIXELS.tensor()) ? OnnxInput.PIXELS : OnnxInput.IMAGE;
    }

    /** The number of probabilities per image. */
    public int classes() {
        return classes;
    }

    /** The number of values per image. */
    public int imageSize() {
        return Math.toIntExact(imageShape[1] * imageShape[2] * imageShape[3]);
    }

    /**
     * Class probabilities.
     *
     * @param images direct buffer; the first {@code [size, channels, height, width]} floats are taken
     * @param probabilities receives {@code [size, classes]}
     */
    public void run(FloatBuffer images, int size, float[] probabilities) {
        long[] shape = {size, imageShape[1], imageShape[2], imageShape[3]};
        FloatBuffer batch = images.duplicate().position(0).limit(size * imageSize());
        try (OnnxTensor tensor = OnnxTensor.createTensor(environment, batch, shape);
                OrtSession.Result result = session.run(Map.of(input, tensor), Set.of(HeadTranslation.PROBABILITIES))) {
            ((OnnxTensor) result.get(0)).getFloatBuffer().get(probabilities, 0, size * classes);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime cannot run the model: " + Visible.firstLine(e), e);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime cannot close the model: " + Visible.firstLine(e), e);
        }
    }
}
