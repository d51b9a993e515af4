package io.github.sparkcnn.onnx.layer;

import java.util.List;
import java.util.Map;
import onnx.Onnx.AttributeProto;
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

/** The activation functions that ONNX's operators make up, by ND4J's formulas. */
final class Activations {

    /** Klambauer et al., "Self-normalizing neural networks", 2017. */
    private static final double SELU_ALPHA = 1.6732632423543772;

    private static final double SELU_SCALE = 1.0507009873554805;

    /** ND4J's GELU is x σ(1.702 x). */
    private static final float GELU_SLOPE = 1.702f;

    /** Functions of no setting, by exact class. */
    private static final Map<Class<? extends IActivation>, Writer> FIXED = Map.ofEntries(
            Map.entry(ActivationIdentity.class, LayerNode::input),
            Map.entry(ActivationReLU6.class, node -> clip(node, 0, 6)),
            Map.entry(ActivationHardTanH.class, node -> clip(node, -1, 1)),
            Map.entry(
                    ActivationSELU.class,
                    node -> operator(
                            node, "Selu", Attributes.real("alpha", SELU_ALPHA), Attributes.real("gamma", SELU_SCALE))),
            Map.entry(ActivationSigmoid.class, node -> operator(node, "Sigmoid")),
            Map.entry(ActivationTanH.class, node -> operator(node, "Tanh")),
            Map.entry(ActivationSoftPlus.class, node -> operator(node, "Softplus")),
            Map.entry(
                    ActivationHardSigmoid.class,
                    node -> operator(node, "HardSigmoid", Attributes.real("alpha", 0.2), Attributes.real("beta", 0.5))),
            Map.entry(ActivationSwish.class, node -> gated(node, operator(node, "Sigmoid"))),
            Map.entry(
                    ActivationMish.class,
                    node -> gated(node, operator(node.after(operator(node, "Softplus")), "Tanh"))));

    @FunctionalInterface
    private interface Writer {
        String write(LayerNode node);
    }

    private Activations() {}

    /** Adds the function's nodes behind the node's input and returns the name of what they make. */
    static String write(LayerNode node, IActivation function) {
        Writer fixed = FIXED.get(function.getClass());
        if (fixed != null) {
            return fixed.write(node);
        }
        if (function.getClass() == ActivationReLU.class) {
            return relu(node, (ActivationReLU) function);
        }
        if (function.getClass() == ActivationLReLU.class) {
            return leaky(node, ((ActivationLReLU) function).getAlpha());
        }
        if (function.getClass() == ActivationELU.class) {
            return operator(node, "Elu", Attributes.real("alpha", ((ActivationELU) function).getAlpha()));
        }
        UntranslatableException.require(function.equals(new ActivationGELU(false)), "its activation is " + function);
        String slope = node.graph().constant(node.part("slope"), new float[] {GELU_SLOPE});
        String steep = node.graph().node("Mul", node.part("Steep"), List.of(node.input(), slope));
        return gated(node, operator(node.after(steep), "Sigmoid"));
    }

    private static String relu(LayerNode node, ActivationReLU function) {
        Double threshold = function.getThreshold();
        UntranslatableException.require(
                threshold == null || threshold == 0, "its activation is a relu with threshold " + threshold);
        String above =
                function.getNegativeSlope() == null ? operator(node, "Relu") : leaky(node, function.getNegativeSlope());
        return function.getMax() == null
                ? above
                : clip(
                        node.after(above),
                        Float.NEGATIVE_INFINITY,
                        function.getMax().floatValue());
    }

    private static String leaky(LayerNode node, double slope) {
        return operator(node, "LeakyRelu", Attributes.real("alpha", slope));
    }

    private static String clip(LayerNode node, float least, float largest) {
        String from = node.graph().constant(node.part("least"), new float[] {least});
        String to = node.graph().constant(node.part("largest"), new float[] {largest});
        return node.graph().node("Clip", node.part("Clip"), List.of(node.input(), from, to));
    }

    /** The input times what its gate lets through. */
    private static String gated(LayerNode node, String gate) {
        return node.graph().node("Mul", node.part("Gated"), List.of(node.input(), gate));
    }

    private static String operator(LayerNode node, String operator, AttributeProto... attributes) {
        return node.graph().node(operator, node.part(operator), List.of(node.input()), attributes);
    }
}
