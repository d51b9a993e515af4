package io.github.sparkcnn.kernel.onednn.weighted;

import io.github.sparkcnn.kernel.onednn.pointwise.Activation;
import io.github.sparkcnn.kernel.onednn.primitive.OneDnn;
import io.github.sparkcnn.kernel.onednn.primitive.Operation;
import io.github.sparkcnn.kernel.onednn.primitive.Tensor;
import io.github.sparkcnn.kernel.onednn.primitive.UnsupportedShape;
import io.github.sparkcnn.kernel.onednn.primitive.Window;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;

/** 2-D convolution, also in groups and dilated, with bias and what follows it in the same pass. */
public final class Convolution extends Operation {
    private static final dnnl.algorithm DIRECT = dnnl.algorithm.convolution_direct;
    /**
     * For prediction too: for {@code forward_inference} oneDNN 3.11 takes kernels of small matrix products over row-major pixels,
     * which were slower for all four networks ({@code src/bench/run StepBenchmark} with either kind).
     */
    private static final dnnl.prop_kind FORWARD = dnnl.prop_kind.forward_training;

    private final Window window;
    private final LinearWeights weights;
    private final Epilogue epilogue;
    private final boolean training;
    private final boolean rowsAsChannels;

    /** @param rowsAsChannels whether the gradient by the weights may be computed by {@link RowsAsChannels} */
    public Convolution(
            OneDnn dnn,
            Window window,
            LinearWeights weights,
            Epilogue epilogue,
            boolean training,
            boolean rowsAsChannels) {
        super(dnn);
        if (training && !epilogue.trainable()) {
            throw new IllegalArgumentException("no gradient through " + epilogue);
        }
        this.window = window;
        this.weights = weights;
        this.epilogue = epilogue;
        this.training = training;
        this.rowsAsChannels = rowsAsChannels;
    }

    public Tensor build(Tensor input, long[] outputDims) {
        if (epilogue.addend() != null) {
            UnsupportedShape.requireSame(outputDims, epilogue.addend().dims());
        }
        convolution_forward.primitive_desc description = describe(input, outputDims);
        memory source = inLayout(input.data(), description.src_desc(), this::forward);
        Tensor output = Tensor.like(
                dnn, outputDims, description.dst_desc(), training && (input.needsGradient() || weights.trainable()));
        FoldedNormalization folded = fold();
        memory blocked = folded == null
                ? weights.read(this, description.weights_desc(), false)
                : weights.read(this, description.weights_desc(), folded.factors());
        Object[] arguments = {
            dnnl.DNNL_ARG_SRC, source, dnnl.DNNL_ARG_WEIGHTS, blocked, dnnl.DNNL_ARG_DST, output.data()
        };
        Object[] withBias = folded == null
                ? weights.withBias(this, arguments)
                : OneDnn.with(arguments, dnnl.DNNL_ARG_BIAS, folded.shifts());
        forward(dnn.bind(new convolution_forward(description), description, withAddend(withBias)));
        if (output.needsGradient()) {
            Activation.backwardInPlace(this, output, epilogue.activation());
            LinearGradients gradients = new LinearGradients(this, weights);
            if (weights.trainable()) {
                var byWeights = byWeights(input, output, description);
                RowsAsChannels rows = new RowsAsChannels(this, weights, window);
                if (rowsAsChannels && rows.pays(byWeights, input)) {
                    rows.byWeights(input, output);
                } else {
                    gradients.byWeights(new convolution_backward_weights(byWeights), byWeights, source, output);
                }
            }
            if (input.needsGradient()) {
                var byInput = byInput(input, output, description);
                gradients.byInput(new convolution_backward_data(byInput), byInput, blocked, input, output);
            }
        }
        return Activation.kept(output, epilogue.activation());
    }

    /** The normalisation to carry, computed before every pass; null for none. */
    private FoldedNormalization fold() {
        if (epilogue.normalization() == null) {
            return null;
        }
        FoldedNormalization folded = new FoldedNormalization(dnn, epilogue.normalization(), weights.bias());
        forward(folded);
        return folded;
    }

    private Object[] withAddend(Object[] arguments) {
        return epilogue.addend() == null
                ? arguments
                : OneDnn.with(
                        arguments,
                        dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE | dnnl.DNNL_ARG_SRC_1,
                        epilogue.addend().data());
    }

    private convolution_forward.primitive_desc describe(Tensor input, long[] outputDims) {
        post_ops operations = new post_ops();
        memory.desc source = dnn.any(input.dims());
        memory.desc destination = dnn.any(outputDims);
        if (epilogue.addend() != null) {
            destination = epilogue.addend().data().get_desc();
            operations.append_binary(dnnl.algorithm.binary_add, destination);
        }
        return new convolution_forward.primitive_desc(
                dnn.engine(),
                FORWARD,
                DIRECT,
                source,
                weights.any(dnn),
                epilogue.normalization() == null ? weights.biasOrNone() : weights.perOutput(),
                destination,
                window.strides(),
                window.dilation(),
                window.padding(),
                window.paddingEnd(),
                Activation.attributes(operations, epilogue.activation()),
                false);
    }

    private convolution_backward_weights.primitive_desc byWeights(
            Tensor input, Tensor output, convolution_forward.primitive_desc hint) {
        return new convolution_backward_weights.primitive_desc(
                dnn.engine(),
                DIRECT,
                dnn.any(input.dims()),
                weights.anyGradient(),
                weights.biasOrNone(),
                dnn.any(output.dims()),
                window.strides(),
                window.dilation(),
                window.padding(),
                window.paddingEnd(),
                hint,
                OneDnn.withScratch(),
                false);
    }

    private convolution_backward_data.primitive_desc byInput(
            Tensor input, Tensor output, convolution_forward.primitive_desc hint) {
        return new convolution_backward_data.primitive_desc(
                dnn.engine(),
                DIRECT,
                dnn.any(input.dims()),
                weights.any(dnn),
                output.gradient().get_desc(),
                window.strides(),
                window.dilation(),
                window.padding(),
                window.paddingEnd(),
                hint,
                OneDnn.withScratch(),
                false);
    }
}
