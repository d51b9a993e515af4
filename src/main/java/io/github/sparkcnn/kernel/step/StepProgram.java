package io.github.sparkcnn.kernel.step;

import io.github.sparkcnn.network.Network;
import java.util.List;
import java.util.Optional;

/**
 * A network as elementary steps in order, for an engine to run on its flat parameters. The images are value 0; the last step makes
 * the logits, whose softmax and cross-entropy are the loss.
 *
 * @param classWeights that the network's own loss has, {@code [classes]}
 */
public record StepProgram(List<Step> steps, Optional<float[]> classWeights) {

    public StepProgram {
        steps = List.copyOf(steps);
    }

    /**
     * Reads a network.
     *
     * @throws UnsupportedNetwork naming the layer that is none of the steps, and what about it
     */
    public static StepProgram of(Network network) throws UnsupportedNetwork {
        return new StepReader(network).read();
    }

    /** The same function with every ReLU behind the max-pooling that follows it. */
    public StepProgram reluAfterPooling() {
        return new StepProgram(StepOrder.reluAfterPooling(steps), classWeights);
    }
}
