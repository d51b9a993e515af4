package io.github.sparkcnn.kernel.onednn.weighted;

import io.github.sparkcnn.kernel.onednn.primitive.FlatSlice;
import io.github.sparkcnn.kernel.onednn.primitive.OneDnn;
import io.github.sparkcnn.kernel.onednn.primitive.Operation;
import io.github.sparkcnn.kernel.onednn.primitive.UnsupportedShape;
import java.util.Arrays;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;

/**
 * The weights and bias of a convolution or dense layer, which are read from the flat parameters at every step.
 *
 * @param dims {@code [out, in, height, width]} or {@code [out, in]}, or in groups {@code [group, out, in, height, width]}
 * @param strides how many floats apart neighbours along each of them are in the flat views
 * @param bias null where the layer has none
 * @param scale that the layer's input still lacks, 1 / retain probability of a dropout before it; it rides on the reorders
 */
@SuppressWarnings("ArrayRecordComponent")
public record LinearWeights(FlatSlice weights, FlatSlice bias, long[] dims, long[] strides, float scale) {

    public LinearWeights {
        long size = Arrays.stream(dims).reduce(1, (one, other) -> one * other);
        if (weights.length() != size || (bias != null && bias.length() != outputs(dims))) {
            throw new UnsupportedShape("weights " + Arrays.toString(dims) + " in " + weights.length() + " parameters");
        }
    }

    boolean trainable() {
        return weights.trainable();
    }

    /** In the numbers of which products are computed. */
    memory.desc any(OneDnn dnn) {
        return dnn.any(dims);
    }

    /** The same for a dense layer, whose large matrix is read where it lies unless it has to be converted anyway. */
    memory.desc dense(OneDnn dnn) {
        return dnn.products() == memory.data_type.f32 ? plain() : any(dnn);
    }

    /** Sums of whole floats, whatever the products. */
    memory.desc anyGradient() {
        return OneDnn.any(dims, memory.data_type.f32);
    }

    /** As they lie in the flat views. */
    memory.desc plain() {
        return OneDnn.strided(dims, strides);
    }

    /** A number for each output. */
    memory.desc perOutput() {
        return OneDnn.plain(new long[] {outputs(dims)});
    }

    /** The bias, or what tells oneDNN that there is none. */
    memory.desc biasOrNone() {
        return bias == null ? new memory.desc() : perOutput();
    }

    /** The weights in the layout that a primitive wants, each output's times its factor. */
    memory read(Operation operation, memory.desc wanted, memory factors) {
        memory blocked = operation.dnn().allocate(wanted);
        operation.forward(operation
                .dnn()
                .reorderEach(
                        operation.dnn().wrap(plain(), weights.values()), blocked, factors, isGrouped(dims) ? 2 : 1));
        return blocked;
    }

    /** The weights in the layout that a primitive wants. */
    memory read(Operation operation, memory.desc wanted, boolean inBackward) {
        memory flat = operation.dnn().wrap(plain(), weights.values());
        if (scale == 1 && flat.get_desc().equals(wanted)) {
            return flat;
        }
        memory blocked = operation.dnn().allocate(wanted);
        Runnable reorder = operation.dnn().reorder(flat, blocked, scale);
        if (inBackward) {
            operation.backward(reorder);
        } else {
            operation.forward(reorder);
        }
        return blocked;
    }

    /** A primitive's (index, memory) pairs, and the bias where there is one. */
    Object[] withBias(Operation operation, Object... arguments) {
        return bias == null
                ? arguments
                : OneDnn.with(arguments, dnnl.DNNL_ARG_BIAS, operation.dnn().wrap(perOutput(), bias.values()));
    }

    private static long outputs(long[] dims) {
        return isGrouped(dims) ? dims[0] * dims[1] : dims[0];
    }

    private static boolean isGrouped(long[] dims) {
        return dims.length == 5;
    }
}
