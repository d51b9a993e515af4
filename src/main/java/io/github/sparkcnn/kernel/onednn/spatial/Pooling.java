package io.github.sparkcnn.kernel.onednn.spatial;

import io.github.sparkcnn.kernel.onednn.pointwise.Activation;
import io.github.sparkcnn.kernel.onednn.primitive.OneDnn;
import io.github.sparkcnn.kernel.onednn.primitive.Operation;
import io.github.sparkcnn.kernel.onednn.primitive.Tensor;
import io.github.sparkcnn.kernel.onednn.primitive.Window;
import io.github.sparkcnn.kernel.step.ActivationFunction;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_backward;
import org.bytedeco.dnnl.pooling_forward;

/** Maximum or average over a sliding window and, where asked, an activation in the same pass. */
public final class Pooling extends Operation {
    private static final long[] NO_DILATION = {0, 0};
    private final dnnl.algorithm how;
    private final Window window;
    private final boolean training;

    private Pooling(OneDnn dnn, dnnl.algorithm kind, Window window, boolean training) {
        super(dnn);
        this.how = kind;
        this.window = window;
        this.training = training;
    }

    /** The maximum of each window. */
    public static Pooling maximum(OneDnn dnn, Window window, boolean training) {
        return new Pooling(dnn, dnnl.algorithm.pooling_max, window, training);
    }

    /** The mean of each window, without its padding. */
    public static Pooling average(OneDnn dnn, Window window, boolean training) {
        return new Pooling(dnn, dnnl.algorithm.pooling_avg_exclude_padding, window, training);
    }

    /** The mean of each window, in which padding counts as zeros. */
    public static Pooling averageWithPadding(OneDnn dnn, Window window, boolean training) {
        return new Pooling(dnn, dnnl.algorithm.pooling_avg_include_padding, window, training);
    }

    /** Pools and activates; null for no activation. */
    public Tensor build(Tensor input, long[] outputDims, ActivationFunction activation) {
        dnnl.prop_kind purpose =
                input.needsGradient() ? dnnl.prop_kind.forward_training : dnnl.prop_kind.forward_inference;
        pooling_forward.primitive_desc description = new pooling_forward.primitive_desc(
                dnn.engine(),
                purpose,
                how,
                input.data().get_desc(),
                OneDnn.any(outputDims, input.data().get_desc().get_data_type()),
                window.strides(),
                window.kernel(),
                NO_DILATION,
                window.padding(),
                window.paddingEnd(),
                Activation.attributes(activation),
                false);
        Tensor output = Tensor.like(dnn, outputDims, description.dst_desc(), training && input.needsGradient());
        memory.desc positions = description.workspace_desc();
        boolean remembers = input.needsGradient() && positions.get_size() > 0;
        memory workspace = remembers ? dnn.allocate(positions) : null;
        forward(dnn.bind(
                new pooling_forward(description),
                description,
                OneDnn.withWorkspace(workspace, dnnl.DNNL_ARG_SRC, input.data(), dnnl.DNNL_ARG_DST, output.data())));
        if (output.needsGradient()) {
            Activation.backwardInPlace(this, output, activation);
            gradient(input, output, workspace, description);
        }
        return Activation.kept(output, activation);
    }

    private void gradient(Tensor input, Tensor output, memory workspace, pooling_forward.primitive_desc hint) {
        pooling_backward.primitive_desc description = new pooling_backward.primitive_desc(
                dnn.engine(),
                how,
                input.gradient().get_desc(),
                output.gradient().get_desc(),
                window.strides(),
                window.kernel(),
                NO_DILATION,
                window.padding(),
                window.paddingEnd(),
                hint,
                OneDnn.withScratch(),
                false);
        backward(dnn.bind(
                new pooling_backward(description),
                description,
                OneDnn.withWorkspace(
                        workspace,
                        dnnl.DNNL_ARG_DIFF_DST,
                        output.gradient(),
                        dnnl.DNNL_ARG_DIFF_SRC,
                        input.gradient())));
    }
}
