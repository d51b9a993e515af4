package io.github.sparkcnn.kernel.step.reader;

import io.github.sparkcnn.kernel.step.ActivationFunction;
import io.github.sparkcnn.kernel.step.ActivationFunction.Kind;
import io.github.sparkcnn.kernel.step.Step;
import io.github.sparkcnn.kernel.step.UnsupportedNetwork;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationHardSigmoid;
import org.nd4j.linalg.activations.impl.ActivationHardTanH;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationMish;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU6;
import org.nd4j.linalg.activations.impl.ActivationSELU;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSwish;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/** Reads ND4J's activation functions, each as one or two functions in a row. */
final class ActivationReader {

    /** Klambauer et al., "Self-normalizing neural networks", 2017. */
    private static final double SELU_ALPHA = 1.6732632423543772;

    private static final double SELU_SCALE = 1.0507009873554805;

    /** ND4J's GELU: the approximation x σ(1.702 x) of Hendrycks and Gimpel, "Gaussian error linear units", 2016. */
    private static final double GELU_SLOPE = 1.702;

    /** Those without settings. */
    private static final Map<Class<? extends IActivation>, List<ActivationFunction>> FIXED = Map.of(
            ActivationIdentity.class, List.of(),
            ActivationReLU6.class, List.of(new ActivationFunction(Kind.CLIP, 0, 6)),
            ActivationSELU.class,
                    List.of(new ActivationFunction(Kind.ELU, SELU_ALPHA, 0), ActivationFunction.linear(SELU_SCALE, 0)),
            ActivationSigmoid.class, List.of(ActivationFunction.of(Kind.SIGMOID)),
            ActivationTanH.class, List.of(ActivationFunction.of(Kind.TANH)),
            ActivationHardTanH.class, List.of(new ActivationFunction(Kind.CLIP, -1, 1)),
            ActivationHardSigmoid.class, List.of(new ActivationFunction(Kind.HARD_SIGMOID, 0.2, 0.5)),
            ActivationSoftPlus.class, List.of(new ActivationFunction(Kind.SOFTPLUS, 1, 0)),
            ActivationSwish.class, List.of(new ActivationFunction(Kind.SWISH, 1, 0)),
            ActivationMish.class, List.of(ActivationFunction.of(Kind.MISH)));

    private ActivationReader() {}

    /** Adds the function's steps. */
    static int read(IActivation function, LayerSite site, int from) throws UnsupportedNetwork {
        int value = from;
        for (ActivationFunction part : parts(function, site)) {
            int input = value;
            value = site.add(to -> new Step.Activation(input, to, part));
        }
        return value;
    }

    private static List<ActivationFunction> parts(IActivation function, LayerSite site) throws UnsupportedNetwork {
        List<ActivationFunction> fixed = FIXED.get(function.getClass());
        if (fixed != null) {
            return fixed;
        }
        if (function.getClass() == ActivationReLU.class) {
            return relu((ActivationReLU) function, site);
        }
        if (function.getClass() == ActivationLReLU.class) {
            return List.of(leaky(((ActivationLReLU) function).getAlpha(), function, site));
        }
        // ND4J's derivatives of the others are not those of their values.
        if (function.equals(new ActivationELU())) {
            return List.of(new ActivationFunction(Kind.ELU, 1, 0));
        }
        if (function.equals(new ActivationGELU(false))) {
            return List.of(new ActivationFunction(Kind.SWISH, GELU_SLOPE, 0));
        }
        throw refusal(function, site);
    }

    private static List<ActivationFunction> relu(ActivationReLU function, LayerSite site) throws UnsupportedNetwork {
        if (function.getThreshold() != null && function.getThreshold() != 0) {
            throw site.refusal("activates by a relu with threshold " + function.getThreshold());
        }
        ActivationFunction below = function.getNegativeSlope() == null
                ? ActivationFunction.RELU
                : leaky(function.getNegativeSlope(), function, site);
        return function.getMax() == null
                ? List.of(below)
                : List.of(below, new ActivationFunction(Kind.CLIP, Double.NEGATIVE_INFINITY, function.getMax()));
    }

    private static ActivationFunction leaky(double slope, IActivation function, LayerSite site)
            throws UnsupportedNetwork {
        site.require(slope > 0, "activates by " + function + " of slope " + slope);
        return new ActivationFunction(Kind.LEAKY_RELU, slope, 0);
    }

    private static UnsupportedNetwork refusal(IActivation function, LayerSite site) {
        return site.refusal("activates by " + function);
    }
}
