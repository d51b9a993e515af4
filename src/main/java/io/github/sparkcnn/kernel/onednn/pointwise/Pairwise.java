package io.github.sparkcnn.kernel.onednn.pointwise;

import io.github.sparkcnn.kernel.onednn.primitive.OneDnn;
import io.github.sparkcnn.kernel.step.ActivationFunction;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;

/** Two memories combined number by number into a third, which may be one of them. */
final class Pairwise {

    private Pairwise() {}

    /** The sum; the activation behind it is null for none. */
    static Runnable sum(OneDnn dnn, memory left, memory right, memory into, ActivationFunction activation) {
        return of(dnn, dnnl.algorithm.binary_add, left, right, into, activation);
    }

    static Runnable product(OneDnn dnn, memory left, memory right, memory into) {
        return of(dnn, dnnl.algorithm.binary_mul, left, right, into, null);
    }

    private static Runnable of(
            OneDnn dnn,
            dnnl.algorithm operation,
            memory left,
            memory right,
            memory into,
            ActivationFunction activation) {
        binary.primitive_desc description = new binary.primitive_desc(
                dnn.engine(),
                operation,
                left.get_desc(),
                right.get_desc(),
                into.get_desc(),
                Activation.attributes(activation),
                false);
        return dnn.bind(
                new binary(description),
                description,
                dnnl.DNNL_ARG_SRC_0,
                left,
                dnnl.DNNL_ARG_SRC_1,
                right,
                dnnl.DNNL_ARG_DST,
                into);
    }
}
