package io.github.sparkcnn.onnx;

import java.util.List;
import java.util.Map;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.IActivation;

/** The activation functions that ONNX has under the same definition and defaults. */
final class Activations {
    private static final Map<IActivation, String> OPERATORS = Map.of(
            Activation.RELU.getActivationFunction(), "Relu",
            Activation.SIGMOID.getActivationFunction(), "Sigmoid",
            Activation.TANH.getActivationFunction(), "Tanh",
            Activation.LEAKYRELU.getActivationFunction(), "LeakyRelu",
            Activation.ELU.getActivationFunction(), "Elu",
            Activation.SOFTPLUS.getActivationFunction(), "Softplus");
    private static final IActivation IDENTITY = Activation.IDENTITY.getActivationFunction();

    private Activations() {}

    /** Compared with equals, so that a function with settings of its own is refused, not taken for its default. */
    static String write(LayerNode node, IActivation function) {
        if (function.equals(IDENTITY)) {
            return node.input();
        }
        String operator = OPERATORS.get(function);
        UntranslatableException.require(operator != null, "its activation is " + function);
        return node.graph().node(operator, node.part(operator), List.of(node.input()));
    }
}
