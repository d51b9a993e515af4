package io.github.sparkcnn.kernel.onednn.pointwise;

import io.github.sparkcnn.kernel.onednn.primitive.OneDnn;
import io.github.sparkcnn.kernel.onednn.primitive.Tensor;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;

/**
 * The gradient of a leaky ReLU: the slope where its value is below 0, 1 elsewhere. oneDNN's own takes the slope at 0 too, ND4J's does
 * not, and black images are all zeros.
 */
final class LeakyGradient {

    private LeakyGradient() {}

    /** In one pass: (value ≥ 0) as 0 or 1, from there to the slope or 1, times the gradient. */
    static Runnable inPlace(OneDnn dnn, Tensor tensor, float slope) {
        // Number by number the layout does not matter, nor does the padding of a blocked one: its gradient is zero.
        memory.desc flat = OneDnn.inARow(tensor.data().get_desc());
        memory values = dnn.wrap(flat, tensor.data().get_data_handle());
        memory gradient = dnn.wrap(flat, tensor.gradient().get_data_handle());
        memory zero = dnn.scalar(0);
        post_ops operations = new post_ops();
        operations.append_eltwise(dnnl.algorithm.eltwise_linear, 1 - slope, slope);
        operations.append_binary(dnnl.algorithm.binary_mul, gradient.get_desc());
        primitive_attr attributes = OneDnn.withScratch();
        attributes.set_post_ops(operations);
        binary.primitive_desc description = new binary.primitive_desc(
                dnn.engine(),
                dnnl.algorithm.binary_ge,
                values.get_desc(),
                zero.get_desc(),
                gradient.get_desc(),
                attributes,
                false);
        return dnn.bind(
                new binary(description),
                description,
                dnnl.DNNL_ARG_SRC_0,
                values,
                dnnl.DNNL_ARG_SRC_1,
                zero,
                dnnl.DNNL_ARG_DST,
                gradient,
                2 * dnnl.DNNL_ARG_ATTR_MULTIPLE_POST_OP_BASE | dnnl.DNNL_ARG_SRC_1,
                gradient);
    }
}
