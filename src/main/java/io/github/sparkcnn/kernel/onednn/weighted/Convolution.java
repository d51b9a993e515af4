package io.github.sparkcnn.kernel.onednn.weighted;

import io.github.sparkcnn.kernel.onednn.pointwise.Activation;
import io.github.sparkcnn.kernel.onednn.primitive.OneDnn;
import io.github.sparkcnn.kernel.onednn.primitive.Operation;
import io.github.sparkcnn.kernel.onednn.primitive.Tensor;
import io.github.sparkcnn.kernel.onednn.primitive.UnsupportedShape;
import io.github.sparkcnn.kernel.onednn.primitive.Window;
import java.util.Arrays;
import org.bytedeco.dnnl.convolution_backward_data;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;

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

    public Convolution(OneDnn dnn, Window window, LinearWeights weights, Epilogue epilogue, boolean training) {
        super(dnn);
        if (training && !epilogue.trainable()) {
            throw new IllegalArgumentException("no gradient through " + epilogue);
        }
        this.window = window;
        this.weights = weights;
        this.epilogue = epilogue;
        this.training = training;
    }

    public Tensor build(Tensor input, long[] outputDims) {
        if (epilogue.addend() != null && !Arrays.equals(epilogue.addend().dims(), outputDims)) {
            throw new UnsupportedShape("values of shapes " + Arrays.toString(outputDims) + " and "
                    + Arrays.toString(epilogue.addend().dims()) + " are combined");
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
            if (weights.trainable()) {
                gradientByWeights(input, source, output, description);
            }
            if (input.needsGradient()) {
                gradientByInput(input, output, blocked, description);
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
        memory.desc source = OneDnn.any(input.dims());
        memory.desc destination = OneDnn.any(outputDims);
        if (epilogue.addend() != null) {
            destination = epilogue.addend().data().get_desc();
            operations.append_binary(dnnl.algorithm.binary_add, destination);
        }
        primitive_attr attributes = Activation.attributes(operations, epilogue.activation());
        if (weights.bias() == null && epilogue.normalization() == null) {
            return new convolution_forward.primitive_desc(
                    dnn.engine(),
                    FORWARD,
                    DIRECT,
                    source,
                    weights.any(),
                    destination,
                    window.strides(),
                    window.dilation(),
                    window.padding(),
                    window.paddingEnd(),
                    attributes,
                    false);
        }
        return new convolution_forward.primitive_desc(
                dnn.engine(),
                FORWARD,
                DIRECT,
                source,
                weights.any(),
                weights.biasDescription(),
                destination,
                window.strides(),
                window.dilation(),
                window.padding(),
                window.paddingEnd(),
                attributes,
                false);
    }

    private void gradientByWeights(
            Tensor input, memory source, Tensor output, convolution_forward.primitive_desc hint) {
        memory.desc destination = OneDnn.any(output.dims());
        convolution_backward_weights.primitive_desc description = weights.bias() == null
                ? new convolution_backward_weights.primitive_desc(
                        dnn.engine(),
                        DIRECT,
                        OneDnn.any(input.dims()),
                        weights.any(),
                        destination,
                        window.strides(),
                        window.dilation(),
                        window.padding(),
                        window.paddingEnd(),
                        hint)
                : new convolution_backward_weights.primitive_desc(
                        dnn.engine(),
                        DIRECT,
                        OneDnn.any(input.dims()),
                        weights.any(),
                        weights.biasDescription(),
                        destination,
                        window.strides(),
                        window.dilation(),
                        window.padding(),
                        window.paddingEnd(),
                        hint);
        memory gradient = weights.gradient(this, description.diff_weights_desc());
        Object[] arguments = weights.withBiasGradient(
                this,
                dnnl.DNNL_ARG_SRC,
                inLayout(source, description.src_desc(), this::backward),
                dnnl.DNNL_ARG_DIFF_DST,
                inLayout(output.gradient(), description.diff_dst_desc(), this::backward),
                dnnl.DNNL_ARG_DIFF_WEIGHTS,
                gradient);
        backward(dnn.bind(new convolution_backward_weights(description), description, arguments));
        weights.writeGradient(this, gradient);
    }

    private void gradientByInput(Tensor input, Tensor output, memory blocked, convolution_forward.primitive_desc hint) {
        convolution_backward_data.primitive_desc description = new convolution_backward_data.primitive_desc(
                dnn.engine(),
                DIRECT,
                OneDnn.any(input.dims()),
                weights.any(),
                output.gradient().get_desc(),
                window.strides(),
                window.dilation(),
                window.padding(),
                window.paddingEnd(),
                hint);
        memory forBackward = description.weights_desc().equals(blocked.get_desc())
                ? blocked
                : weights.read(this, description.weights_desc(), true);
        boolean wantedLayout = input.gradient().get_desc().equals(description.diff_src_desc());
        memory gradient = wantedLayout ? input.gradient() : dnn.allocate(description.diff_src_desc());
        backward(dnn.bind(
                new convolution_backward_data(description),
                description,
                dnnl.DNNL_ARG_DIFF_DST,
                inLayout(output.gradient(), description.diff_dst_desc(), this::backward),
                dnnl.DNNL_ARG_WEIGHTS,
                forBackward,
                dnnl.DNNL_ARG_DIFF_SRC,
                gradient));
        if (!wantedLayout) {
            backward(dnn.reorder(gradient, input.gradient(), 1));
        }
    }
}
