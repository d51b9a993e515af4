package io.github.sparkcnn.kernel.onednn.primitive;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.PointerScope;

/**
 * A network prepared for one batch size: every primitive created, every buffer allocated, every argument bound. Running it
 * allocates nothing.
 */
public final class Plan implements AutoCloseable {
    private final OneDnn dnn;
    private final Runnable[] forward;
    private final Runnable[] backward;
    private final List<Draw> draws;
    private final int batch;
    private final int imageSize;
    private final int classes;
    private final FloatBuffer input;
    private final FloatBuffer logits;
    private final FloatBuffer logitsGradient;

    Plan(
            OneDnn dnn,
            List<Operation> operations,
            List<Draw> draws,
            Tensor input,
            memory logits,
            memory logitsGradient,
            int classes) {
        this.dnn = dnn;
        this.draws = List.copyOf(draws);
        List<Runnable> ahead = new ArrayList<>();
        List<Runnable> back = new ArrayList<>();
        for (Operation operation : operations) {
            ahead.addAll(operation.forwardSteps());
            back.addAll(0, operation.backwardSteps());
        }
        forward = ahead.toArray(Runnable[]::new);
        backward = back.toArray(Runnable[]::new);
        batch = Math.toIntExact(input.dims()[0]);
        imageSize = Math.toIntExact(input.size() / batch);
        this.classes = classes;
        this.input = floats(input.data());
        this.logits = floats(logits);
        this.logitsGradient = logitsGradient == null ? null : floats(logitsGradient);
    }

    /**
     * Prepares the network that {@code network} describes.
     *
     * @param training whether gradients are wanted and dropout and minibatch statistics apply
     * @param products of which numbers products are computed
     * @param network adds the operations and returns the logits, {@code [n, classes]} or {@code [n, classes, 1, 1]}
     * @throws UnsupportedShape where oneDNN has no primitive
     */
    @SuppressWarnings("try") // the scope works by being open
    public static Plan prepare(boolean training, memory.data_type products, Function<PlanBuilder, Tensor> network) {
        OneDnn dnn = new OneDnn(products);
        // Descriptions and attributes are needed only here; what the plan keeps is owned by OneDnn.
        try (PointerScope temporary = new PointerScope()) {
            PlanBuilder builder = new PlanBuilder(dnn, training);
            return builder.finish(network.apply(builder));
        } catch (RuntimeException e) {
            dnn.close();
            // JavaCPP's for every exception of C++.
            throw e.getClass() == RuntimeException.class ? new UnsupportedShape("oneDNN: " + e.getMessage()) : e;
        }
    }

    public int batch() {
        return batch;
    }

    public int classes() {
        return classes;
    }

    /**
     * Runs {@code features[from .. from + batch · image size]} forward.
     *
     * @param seed of the dropout masks
     * @param result receives the logits, {@code [batch, classes]}
     */
    public void forward(float[] features, int from, long seed, float[] result) {
        long stream = seed;
        for (Draw draw : draws) {
            draw.draw(stream);
            stream = stream * 0x5851F42D4C957F2DL + 0x14057B7EF767814FL;
        }
        input.put(0, features, from * imageSize, batch * imageSize);
        for (Runnable step : forward) {
            step.run();
        }
        logits.get(0, result, 0, batch * classes);
    }

    /** Runs backward; the gradients of all trainable parameters are then in the flat gradient. */
    public void backward(float[] gradientOfLogits) {
        logitsGradient.put(0, gradientOfLogits, 0, batch * classes);
        for (Runnable step : backward) {
            step.run();
        }
    }

    /** What oneDNN chose for each primitive, such as {@code brgconv:avx512_core}. */
    public List<String> implementations() {
        return dnn.implementations();
    }

    /** Java's own buffers copy without a detour through JNI. */
    private FloatBuffer floats(memory held) {
        return dnn.floats(held).asBuffer();
    }

    @Override
    public void close() {
        dnn.close();
    }
}
