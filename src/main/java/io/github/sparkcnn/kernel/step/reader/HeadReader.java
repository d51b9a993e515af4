package io.github.sparkcnn.kernel.step.reader;

import io.github.sparkcnn.kernel.step.Head;
import io.github.sparkcnn.kernel.step.Head.Loss;
import io.github.sparkcnn.kernel.step.Head.Output;
import io.github.sparkcnn.kernel.step.UnsupportedNetwork;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSigmoid;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossBinaryXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** Reads the layers that end a network: their loss and activation. */
final class HeadReader {
    private static final Map<Class<? extends IActivation>, Output> OUTPUTS = Map.of(
            ActivationSoftmax.class, Output.SOFTMAX,
            ActivationSigmoid.class, Output.SIGMOID,
            ActivationIdentity.class, Output.IDENTITY);

    private HeadReader() {}

    /** The layer is a dense one into the head. */
    static int output(OutputLayer layer, LayerSite site, int from) throws UnsupportedNetwork {
        site.end(read(layer.getLossFn(), layer.getActivationFn(), site));
        return DenseReader.sums(layer, site, from);
    }

    /** The layer is nothing but the head. */
    static int loss(LossLayer layer, LayerSite site, int from) throws UnsupportedNetwork {
        site.end(read(layer.getLossFn(), layer.getActivationFn(), site));
        return from;
    }

    private static Head read(ILossFunction function, IActivation activation, LayerSite site) throws UnsupportedNetwork {
        Output output = OUTPUTS.get(activation.getClass());
        if (function instanceof LossMCXENT loss && output == Output.SOFTMAX) {
            return new Head(Loss.CROSS_ENTROPY, output, weights(loss.getWeights()), 0);
        }
        if (function.getClass() == LossBinaryXENT.class && output == Output.SIGMOID) {
            LossBinaryXENT loss = (LossBinaryXENT) function;
            return new Head(Loss.BINARY_CROSS_ENTROPY, output, weights(loss.getWeights()), loss.getClipEps());
        }
        if (function.getClass() == LossMSE.class && output != null) {
            return new Head(Loss.SQUARED_ERROR, output, weights(((LossMSE) function).getWeights()), 0);
        }
        throw site.refusal("is not softmax with MCXENT but " + activation + " with " + function);
    }

    private static Optional<float[]> weights(INDArray weights) {
        return Optional.ofNullable(weights).map(INDArray::toFloatVector);
    }
}
