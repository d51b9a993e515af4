package io.github.sparkcnn.kernel.update;

import java.io.Serializable;

/** What is done to a minibatch's mean gradient, before weight decay and the optimizer see it. */
public record GradientClipping(Kind kind, double limit) implements Serializable {

    public GradientClipping {
        if (kind != Kind.NONE && !(limit > 0)) {
            throw new IllegalArgumentException("a gradient is limited to a number above 0, not " + limit);
        }
    }

    /** The gradient stays as it is. */
    public static final GradientClipping NONE = new GradientClipping(Kind.NONE, 0);

    /** By what a gradient is limited. */
    public enum Kind {
        NONE,
        /** The L2 norm over all parameters: {@code torch.nn.utils.clip_grad_norm_}. */
        NORM,
        /** Each element: {@code torch.nn.utils.clip_grad_value_}. */
        VALUE
    }

    /** Limits the norm of the whole gradient. */
    public static GradientClipping byNorm(double limit) {
        return new GradientClipping(Kind.NORM, limit);
    }

    /** Limits each element to [−limit, limit]. */
    public static GradientClipping byValue(double limit) {
        return new GradientClipping(Kind.VALUE, limit);
    }
}
