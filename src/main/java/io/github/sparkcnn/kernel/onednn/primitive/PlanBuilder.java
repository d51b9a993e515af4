package io.github.sparkcnn.kernel.onednn.primitive;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;

/** Puts a {@link Plan} together, operation by operation, from the input to the logits. */
public final class PlanBuilder {
    private final OneDnn dnn;
    private final boolean training;
    private final List<Operation> operations = new ArrayList<>();
    private final List<Dropout> dropouts = new ArrayList<>();
    private Tensor input;

    PlanBuilder(OneDnn dnn, boolean training) {
        this.dnn = dnn;
        this.training = training;
    }

    public boolean training() {
        return training;
    }

    /** The images, row-major. */
    public Tensor input(boolean withGradient, long... dims) {
        input = Tensor.like(dnn, dims, OneDnn.plain(dims), withGradient);
        return input;
    }

    public Tensor convolution(Tensor from, Window window, LinearWeights weights, long[] outputDims, Epilogue epilogue) {
        return add(new Convolution(dnn, window, weights, epilogue, training)).build(from, outputDims);
    }

    public Tensor dense(Tensor from, LinearWeights weights, boolean relu) {
        return add(new Dense(dnn, weights, training)).build(from, relu);
    }

    /** Images as rows in c order, multiplied by {@code scale}. */
    public Tensor flatten(Tensor images, float scale) {
        return add(new Flatten(dnn)).build(images, scale);
    }

    public Tensor maxPool(Tensor from, Window window, long[] outputDims, boolean relu) {
        return add(new Pooling(dnn, dnnl.algorithm.pooling_max, window, training))
                .build(from, outputDims, relu);
    }

    /**
     * The average over a sliding window.
     *
     * @param includePadding whether the padding counts in the divisor
     */
    public Tensor averagePool(Tensor from, Window window, long[] outputDims, boolean includePadding) {
        dnnl.algorithm average = includePadding
                ? dnnl.algorithm.pooling_avg_include_padding
                : dnnl.algorithm.pooling_avg_exclude_padding;
        return add(new Pooling(dnn, average, window, training)).build(from, outputDims, false);
    }

    public Tensor batchNormalization(Tensor from, NormalizationWeights weights, boolean relu) {
        boolean withGradient = training && (from.needsGradient() || weights.trainable());
        return add(new BatchNormalization(dnn, weights, training)).build(from, withGradient, relu);
    }

    public Tensor relu(Tensor from) {
        return add(new Relu(dnn)).build(from);
    }

    /**
     * Dropout in place, with the ReLU before it in the same pass if asked.
     *
     * @param scale 1 if the weights that read the tensor carry the factor 1 / retain, the factor itself otherwise
     */
    public Tensor dropout(Tensor from, double retain, float scale, boolean afterRelu) {
        Dropout dropout = add(new Dropout(dnn, retain, scale));
        dropouts.add(dropout);
        return dropout.build(from, afterRelu);
    }

    public Tensor add(Tensor left, Tensor right, boolean relu) {
        return add(new Addition(dnn)).build(left, right, relu);
    }

    public List<Tensor> fork(Tensor from, int readers) {
        return add(new Fork(dnn)).build(from, readers);
    }

    Plan finish(Tensor result) {
        Operation last = add(new Operation(dnn) {});
        long classes = result.size() / result.dims()[0];
        memory.desc plain = OneDnn.plain(result.dims());
        memory logits = last.inLayout(result.data(), plain, last::forward);
        memory gradient = null;
        if (result.needsGradient()) {
            boolean isPlain = result.gradient().get_desc().equals(plain);
            gradient = isPlain ? result.gradient() : dnn.allocate(plain);
            if (!isPlain) {
                last.backward(dnn.reorder(gradient, result.gradient(), 1));
            }
        }
        return new Plan(dnn, operations, dropouts, input, logits, gradient, Math.toIntExact(classes));
    }

    private <O extends Operation> O add(O operation) {
        operations.add(operation);
        return operation;
    }
}
