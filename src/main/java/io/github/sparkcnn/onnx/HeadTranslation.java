package io.github.sparkcnn.onnx;

import java.util.List;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;

/** The end of every network: what goes into the softmax is {@code logits}, what comes out {@code probabilities}. */
final class HeadTranslation {
    static final String LOGITS = "logits";
    static final String PROBABILITIES = "probabilities";

    private HeadTranslation() {}

    static String write(LayerNode node, IActivation activation) {
        UntranslatableException.require(
                activation instanceof ActivationSoftmax, "it ends in " + activation + ", not in softmax");
        String logits = node.graph().node("Identity", LOGITS, List.of(node.input()));
        return node.graph().node("Softmax", PROBABILITIES, List.of(logits), Attributes.integer("axis", 1));
    }
}
