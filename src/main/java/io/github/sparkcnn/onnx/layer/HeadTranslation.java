package io.github.sparkcnn.onnx.layer;

import java.util.List;
import java.util.Map;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;

/** The end of every network: what goes into the softmax, or another function, is {@code logits}, what comes out {@code probabilities}. */
public final class HeadTranslation {
    public static final String LOGITS = "logits";
    public static final String PROBABILITIES = "probabilities";

    private static final Map<Class<? extends IActivation>, String> OPERATORS = Map.of(
            ActivationSoftmax.class, "Softmax",
            ActivationSigmoid.class, "Sigmoid",
            ActivationIdentity.class, "Identity");

    private HeadTranslation() {}

    static String write(LayerNode node, IActivation activation) {
        String operator = OPERATORS.get(activation.getClass());
        UntranslatableException.require(operator != null, "it ends in " + activation + ", not in softmax");
        String logits = node.graph().node("Identity", LOGITS, List.of(node.input()));
        return operator.equals("Softmax")
                ? node.graph().node(operator, PROBABILITIES, List.of(logits), Attributes.integer("axis", 1))
                : node.graph().node(operator, PROBABILITIES, List.of(logits));
    }
}
