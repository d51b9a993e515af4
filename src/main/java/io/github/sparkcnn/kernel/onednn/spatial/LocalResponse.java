package io.github.sparkcnn.kernel.onednn.spatial;

import io.github.sparkcnn.kernel.onednn.primitive.OneDnn;
import io.github.sparkcnn.kernel.onednn.primitive.Operation;
import io.github.sparkcnn.kernel.onednn.primitive.Tensor;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.lrn_backward;
import org.bytedeco.dnnl.lrn_forward;
import org.bytedeco.dnnl.memory;

/** x / (k + α Σ x²)^β over neighbouring channels: Krizhevsky et al., "ImageNet classification", 2012. */
public final class LocalResponse extends Operation {
    private static final dnnl.algorithm ACROSS = dnnl.algorithm.lrn_across_channels;

    private final int size;
    private final float alpha;
    private final float beta;
    private final float k;

    /** Normalises by an odd number of channels. */
    public LocalResponse(OneDnn dnn, int size, double alpha, double beta, double k) {
        super(dnn);
        this.size = size;
        // oneDNN divides α by the number of channels.
        this.alpha = (float) (alpha * size);
        this.beta = (float) beta;
        this.k = (float) k;
    }

    public Tensor build(Tensor input) {
        memory.desc layout = input.data().get_desc();
        boolean withGradient = input.needsGradient();
        lrn_forward.primitive_desc description = new lrn_forward.primitive_desc(
                dnn.engine(),
                withGradient ? dnnl.prop_kind.forward_training : dnnl.prop_kind.forward_inference,
                ACROSS,
                layout,
                layout,
                size,
                alpha,
                beta,
                k,
                OneDnn.withScratch(),
                false);
        Tensor output = Tensor.like(dnn, input.dims(), layout, withGradient);
        memory.desc remembered = description.workspace_desc();
        memory workspace = withGradient && remembered.get_size() > 0 ? dnn.allocate(remembered) : null;
        forward(dnn.bind(
                new lrn_forward(description),
                description,
                OneDnn.withWorkspace(workspace, dnnl.DNNL_ARG_SRC, input.data(), dnnl.DNNL_ARG_DST, output.data())));
        if (withGradient) {
            lrn_backward.primitive_desc backward = new lrn_backward.primitive_desc(
                    dnn.engine(),
                    ACROSS,
                    layout,
                    layout,
                    layout,
                    size,
                    alpha,
                    beta,
                    k,
                    description,
                    OneDnn.withScratch(),
                    false);
            backward(dnn.bind(
                    new lrn_backward(backward),
                    backward,
                    OneDnn.withWorkspace(
                            workspace,
                            dnnl.DNNL_ARG_SRC,
                            input.data(),
                            dnnl.DNNL_ARG_DIFF_DST,
                            output.gradient(),
                            dnnl.DNNL_ARG_DIFF_SRC,
                            input.gradient())));
        }
        return output;
    }
}
