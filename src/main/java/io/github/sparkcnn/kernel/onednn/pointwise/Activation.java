package io.github.sparkcnn.kernel.onednn.pointwise;

import io.github.sparkcnn.kernel.onednn.primitive.OneDnn;
import io.github.sparkcnn.kernel.onednn.primitive.Operation;
import io.github.sparkcnn.kernel.onednn.primitive.Tensor;
import io.github.sparkcnn.kernel.onednn.primitive.Tensor.Kept;
import io.github.sparkcnn.kernel.step.ActivationFunction;
import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.post_ops;
import org.bytedeco.dnnl.primitive_attr;

/**
 * An activation function. In place where its value tells its derivative, so that nothing is copied; its value beside what it reads
 * otherwise. The gradient is always in place.
 */
public final class Activation extends Operation {
    private final ActivationFunction function;

    public Activation(OneDnn dnn, ActivationFunction function) {
        super(dnn);
        this.function = function;
    }

    /** Attributes of a primitive that activates what it writes; null for no activation. */
    public static primitive_attr attributes(ActivationFunction activation) {
        return attributes(new post_ops(), activation);
    }

    /** Attributes of a primitive that activates what it writes, after other operations; null for no activation. */
    public static primitive_attr attributes(post_ops operations, ActivationFunction activation) {
        if (activation != null) {
            operations.append_eltwise(
                    Algorithms.behind(activation), (float) activation.alpha(), (float) activation.beta());
        }
        primitive_attr attributes = OneDnn.withScratch();
        attributes.set_post_ops(operations);
        return attributes;
    }

    public Tensor build(Tensor input) {
        if (function.hasDerivativeOfValue() || !input.needsGradient()) {
            Tensor tensor = owned(input);
            forward(activate(tensor.data(), tensor.data()));
            if (tensor.needsGradient()) {
                backwardInPlace(this, tensor, function);
            }
            return kept(tensor, function);
        }
        Tensor output = new Tensor(input.dims(), dnn.allocate(input.data().get_desc()), input.gradient());
        forward(activate(input.data(), output.data()));
        backward(derive(this, function, dnnl.DNNL_ARG_SRC, input));
        return output;
    }

    /** What has to stay of a value for the gradient of the activation that made it; null for no activation. */
    public static Tensor kept(Tensor tensor, ActivationFunction activation) {
        if (activation == null || !tensor.needsGradient()) {
            return tensor;
        }
        return tensor.keeping(
                switch (activation.kind()) {
                    case LINEAR -> Kept.NOTHING;
                    case RELU, LEAKY_RELU -> Kept.SIGN;
                    default -> Kept.VALUE;
                });
    }

    /** Appends to the operation: the gradient by what was activated in place of that by the value; null for no activation. */
    public static void backwardInPlace(Operation operation, Tensor tensor, ActivationFunction activation) {
        if (activation == null) {
            return;
        }
        operation.backward(
                activation.kind() == ActivationFunction.Kind.LEAKY_RELU
                        ? LeakyGradient.inPlace(operation.dnn(), tensor, (float) activation.alpha())
                        : derive(operation, activation, Algorithms.derivativeArgument(activation), tensor));
    }

    private Runnable activate(memory from, memory to) {
        eltwise_forward.primitive_desc description = describe(this, function, from.get_desc());
        return dnn.bind(new eltwise_forward(description), description, dnnl.DNNL_ARG_SRC, from, dnnl.DNNL_ARG_DST, to);
    }

    private static Runnable derive(Operation operation, ActivationFunction function, int argument, Tensor tensor) {
        memory.desc layout = tensor.data().get_desc();
        eltwise_backward.primitive_desc description = new eltwise_backward.primitive_desc(
                operation.dnn().engine(),
                Algorithms.alone(function),
                layout,
                layout,
                layout,
                (float) function.alpha(),
                (float) function.beta(),
                describe(operation, function, layout),
                OneDnn.withScratch(),
                false);
        return operation
                .dnn()
                .bind(
                        new eltwise_backward(description),
                        description,
                        argument,
                        tensor.data(),
                        dnnl.DNNL_ARG_DIFF_DST,
                        tensor.gradient(),
                        dnnl.DNNL_ARG_DIFF_SRC,
                        tensor.gradient());
    }

    private static eltwise_forward.primitive_desc describe(
            Operation operation, ActivationFunction function, memory.desc layout) {
        return new eltwise_forward.primitive_desc(
                operation.dnn().engine(),
                dnnl.prop_kind.forward_training,
                Algorithms.alone(function),
                layout,
                layout,
                (float) function.alpha(),
                (float) function.beta(),
                OneDnn.withScratch(),
                false);
    }
}
