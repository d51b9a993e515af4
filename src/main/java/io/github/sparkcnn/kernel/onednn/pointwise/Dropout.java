package io.github.sparkcnn.kernel.onednn.pointwise;

import io.github.sparkcnn.kernel.onednn.primitive.Draw;
import io.github.sparkcnn.kernel.onednn.primitive.OneDnn;
import io.github.sparkcnn.kernel.onednn.primitive.Operation;
import io.github.sparkcnn.kernel.onednn.primitive.Tensor;
import io.github.sparkcnn.kernel.step.ActivationFunction;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.primitive_attr;
import org.bytedeco.javacpp.IntPointer;

/**
 * Zeroes values at random, in place. The factor 1 / retain probability is left to the weights that read the tensor
 * ({@link io.github.sparkcnn.kernel.onednn.weighted.LinearWeights#scale}), so that a ReLU before it joins the same pass and the backward pass is that ReLU's alone:
 * where the output is positive the mask is 1.
 */
public final class Dropout extends Operation implements Draw {
    private final double retain;
    private final float scale;
    private DropoutMask mask;

    /** Multiplies kept values by the scale, which is 1 where the reader's weights do it. */
    public Dropout(OneDnn dnn, double retain, float scale) {
        super(dnn);
        this.retain = retain;
        this.scale = scale;
    }

    public Tensor build(Tensor input, boolean afterRelu) {
        Tensor tensor = ownedButSigns(input);
        // Element by element the layout does not matter, nor does the padding of a blocked one: it is zero and stays
        // so.
        memory.desc layout = tensor.data().get_desc();
        memory.desc row = OneDnn.inARow(layout);
        long[] flat = {row.get_dims().get()};
        memory bits = dnn.allocate(OneDnn.plainBytes(new long[] {(flat[0] + 3) / 4 * 4}));
        mask = new DropoutMask(
                dnn.own(new IntPointer(bits.get_data_handle()).capacity((flat[0] + 3) / 4))
                        .asBuffer(),
                flat[0],
                retain);
        memory sameBits = dnn.wrap(OneDnn.plainBytes(flat), bits.get_data_handle());
        memory values = dnn.wrap(row, tensor.data().get_data_handle());
        forward(multiply(values, sameBits, afterRelu));
        if (tensor.needsGradient()) {
            if (afterRelu) {
                Activation.backwardInPlace(this, tensor, ActivationFunction.RELU);
            }
            if (!afterRelu || scale != 1) {
                memory gradient = dnn.wrap(row, tensor.gradient().get_data_handle());
                backward(multiply(gradient, sameBits, false));
            }
        }
        return tensor;
    }

    @Override
    public void draw(long seed) {
        mask.draw(seed);
    }

    private Runnable multiply(memory values, memory bits, boolean relu) {
        memory.desc layout = values.get_desc();
        primitive_attr attributes = Activation.attributes(relu ? ActivationFunction.RELU : null);
        if (scale != 1) {
            attributes.set_scales_mask(dnnl.DNNL_ARG_SRC_1, 0);
        }
        binary.primitive_desc description = new binary.primitive_desc(
                dnn.engine(), dnnl.algorithm.binary_mul, layout, bits.get_desc(), layout, attributes, false);
        Object[] arguments = {dnnl.DNNL_ARG_SRC_0, values, dnnl.DNNL_ARG_SRC_1, bits, dnnl.DNNL_ARG_DST, values};
        if (scale != 1) {
            arguments = OneDnn.with(arguments, dnnl.DNNL_ARG_ATTR_SCALES | dnnl.DNNL_ARG_SRC_1, dnn.scalar(scale));
        }
        return dnn.bind(new binary(description), description, arguments);
    }
}
