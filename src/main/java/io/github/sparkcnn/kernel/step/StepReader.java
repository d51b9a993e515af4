package io.github.sparkcnn.kernel.step;

import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.layers.FrozenLayer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/** Reads a DL4J network as elementary steps, or says which layer cannot be read and why. */
final class StepReader {
    private final Network network;
    private final Map<String, Map<String, Long>> offsets;
    private final List<Step> steps = new ArrayList<>();
    private final Map<String, Integer> values = new HashMap<>();
    private LossMCXENT loss;
    private int next = 1;

    StepReader(Network network) throws UnsupportedNetwork {
        this.network = network;
        if (network.parameters().dataType() != DataType.FLOAT) {
            throw new UnsupportedNetwork(
                    "parameters are " + network.parameters().dataType());
        }
        offsets = network.offsets();
    }

    StepProgram read() throws UnsupportedNetwork {
        requireOne("inputs", network.inputNames());
        requireOne("outputs", network.outputNames());
        values.put(network.inputName(), 0);
        for (NetworkNode node : network.nodes()) {
            if (loss != null) {
                throw new UnsupportedNetwork("layer " + node.key() + " comes after the output layer");
            }
            List<Integer> from = node.inputs().stream().map(values::get).toList();
            values.put(node.key(), !node.isLayer() ? vertex(node, from) : layer(node, from.get(0)));
        }
        if (loss == null) {
            throw new UnsupportedNetwork("no output layer");
        }
        INDArray weights = loss.getWeights();
        return new StepProgram(steps, Optional.ofNullable(weights).map(INDArray::toFloatVector));
    }

    private static void requireOne(String what, List<String> names) throws UnsupportedNetwork {
        if (names.size() != 1) {
            throw new UnsupportedNetwork("there are " + names.size() + " " + what + ", " + String.join(" and ", names));
        }
    }

    private int vertex(NetworkNode node, List<Integer> from) throws UnsupportedNetwork {
        if (from.size() == 2
                && node.thawed() instanceof ElementWiseVertex configured
                && configured.getOp() == ElementWiseVertex.Op.Add) {
            return add(new Step.Addition(from.get(0), from.get(1), next));
        }
        throw new UnsupportedNetwork(
                "vertex " + node.key() + " is a " + node.thawed().getClass().getSimpleName());
    }

    private int layer(NetworkNode node, int input) throws UnsupportedNetwork {
        boolean frozen = node.layer() instanceof FrozenLayer;
        Layer layer = frozen
                ? ((FrozenLayer) node.layer()).getInsideLayer().conf().getLayer()
                : node.layer().conf().getLayer();
        checkPreProcessor(node);
        Map<String, Slice> slices = slices(node, frozen);
        int from = frozen ? input : dropout(node, layer.getIDropout(), input);
        if (layer instanceof BaseLayer base && base.getWeightNoise() != null) {
            throw unsupported(node, "has weight noise");
        }
        if (layer.getClass() == ConvolutionLayer.class) {
            return convolution(node, (ConvolutionLayer) layer, slices, from);
        }
        if (layer.getClass() == SubsamplingLayer.class) {
            return pooling(node, (SubsamplingLayer) layer, from);
        }
        if (layer.getClass() == BatchNormalization.class) {
            return normalization(node, (BatchNormalization) layer, slices, from);
        }
        if (layer.getClass() == ActivationLayer.class) {
            return activation(node, ((ActivationLayer) layer).getActivationFn(), from);
        }
        if (layer.getClass() == DropoutLayer.class) {
            return from;
        }
        if (layer.getClass() == DenseLayer.class) {
            requireNoNormalization(node, ((DenseLayer) layer).hasLayerNorm());
            int to = dense((DenseLayer) layer, slices, from);
            return activation(node, ((DenseLayer) layer).getActivationFn(), to);
        }
        if (layer.getClass() == GlobalPoolingLayer.class) {
            return globalAverage(node, (GlobalPoolingLayer) layer, from);
        }
        if (layer.getClass() == OutputLayer.class) {
            readLoss(node, (BaseOutputLayer) layer, ((BaseOutputLayer) layer).getLossFn());
            return dense((OutputLayer) layer, slices, from);
        }
        if (layer.getClass() == LossLayer.class) {
            readLoss(node, (LossLayer) layer, ((LossLayer) layer).getLossFn());
            return from;
        }
        throw unsupported(node, "is a " + layer.getClass().getSimpleName());
    }

    private int convolution(NetworkNode node, ConvolutionLayer layer, Map<String, Slice> slices, int from)
            throws UnsupportedNetwork {
        if (layer.getCnn2dDataFormat() != CNN2DFormat.NCHW || dilated(layer.getDilation())) {
            throw unsupported(node, "is not an undilated NCHW convolution");
        }
        int to = add(new Step.Convolution(
                from,
                next,
                sliding(layer.getKernelSize(), layer.getStride(), layer.getPadding(), layer.getConvolutionMode()),
                layer.getNIn(),
                layer.getNOut(),
                slices.get("W"),
                Optional.ofNullable(slices.get("b"))));
        return activation(node, layer.getActivationFn(), to);
    }

    private int pooling(NetworkNode node, SubsamplingLayer layer, int from) throws UnsupportedNetwork {
        if (layer.getCnn2dDataFormat() != CNN2DFormat.NCHW || dilated(layer.getDilation())) {
            throw unsupported(node, "is not an undilated NCHW pooling");
        }
        Sliding sliding =
                sliding(layer.getKernelSize(), layer.getStride(), layer.getPadding(), layer.getConvolutionMode());
        if (layer.getPoolingType() == PoolingType.MAX) {
            return add(new Step.MaxPool(from, next, sliding));
        }
        if (layer.getPoolingType() == PoolingType.AVG) {
            return add(new Step.AveragePool(from, next, sliding, layer.isAvgPoolIncludePadInDivisor()));
        }
        throw unsupported(node, "pools by " + layer.getPoolingType());
    }

    private int normalization(NetworkNode node, BatchNormalization layer, Map<String, Slice> slices, int from)
            throws UnsupportedNetwork {
        if (!layer.isUseLogStd() || layer.isLockGammaBeta() || layer.getCnn2DFormat() != CNN2DFormat.NCHW) {
            throw unsupported(node, "needs useLogStd, free gamma and beta, and NCHW");
        }
        return add(new Step.Normalization(
                from,
                next,
                Math.toIntExact(layer.getNOut()),
                layer.getDecay(),
                layer.getEps(),
                slices.get("gamma"),
                slices.get("beta"),
                slices.get("mean"),
                slices.get("log10stdev")));
    }

    private int globalAverage(NetworkNode node, GlobalPoolingLayer layer, int from) throws UnsupportedNetwork {
        if (layer.getPoolingType() != PoolingType.AVG || !layer.isCollapseDimensions()) {
            throw unsupported(node, "is not a collapsing global average");
        }
        return add(new Step.GlobalAverage(from, next));
    }

    private int activation(NetworkNode node, IActivation function, int from) throws UnsupportedNetwork {
        if (function instanceof ActivationIdentity) {
            return from;
        }
        if (function.equals(new ActivationReLU())) {
            return add(new Step.Relu(from, next));
        }
        throw unsupported(node, "activates by " + function);
    }

    private int dropout(NetworkNode node, IDropout dropout, int from) throws UnsupportedNetwork {
        if (dropout == null) {
            return from;
        }
        if (dropout.getClass() != Dropout.class || ((Dropout) dropout).getPSchedule() != null) {
            throw unsupported(node, "drops out by " + dropout);
        }
        double retain = ((Dropout) dropout).getP();
        return retain == 1 ? from : add(new Step.Dropout(from, next, retain));
    }

    private void readLoss(NetworkNode node, BaseLayer layer, ILossFunction function) throws UnsupportedNetwork {
        if (!(function instanceof LossMCXENT crossEntropy) || !(layer.getActivationFn() instanceof ActivationSoftmax)) {
            throw unsupported(node, "is not softmax with MCXENT but " + layer.getActivationFn() + " with " + function);
        }
        loss = crossEntropy;
    }

    private int dense(FeedForwardLayer layer, Map<String, Slice> slices, int from) {
        return add(new Step.Dense(from, next, layer.getNOut(), slices.get("W"), Optional.ofNullable(slices.get("b"))));
    }

    private static Sliding sliding(int[] kernel, int[] stride, int[] padding, ConvolutionMode mode) {
        return new Sliding(
                new Sliding.Axis(kernel[0], stride[0], padding[0]),
                new Sliding.Axis(kernel[1], stride[1], padding[1]),
                mode == ConvolutionMode.Same);
    }

    private Map<String, Slice> slices(NetworkNode node, boolean frozen) {
        Map<String, Long> starts = offsets.get(node.key());
        Map<String, Slice> slices = new HashMap<>();
        node.layer()
                .paramTable(false)
                .forEach((name, values) -> slices.put(name, new Slice(starts.get(name), values.length(), !frozen)));
        return slices;
    }

    private static void checkPreProcessor(NetworkNode node) throws UnsupportedNetwork {
        Object before = node.preProcessor();
        if (before != null
                && before.getClass() != CnnToFeedForwardPreProcessor.class
                && before.getClass() != FeedForwardToCnnPreProcessor.class) {
            throw unsupported(node, "has a " + before.getClass().getSimpleName());
        }
    }

    private static void requireNoNormalization(NetworkNode node, boolean has) throws UnsupportedNetwork {
        if (has) {
            throw unsupported(node, "has layer normalisation");
        }
    }

    private static boolean dilated(int[] dilation) {
        return dilation[0] != 1 || dilation[1] != 1;
    }

    private int add(Step step) {
        steps.add(step);
        return next++;
    }

    private static UnsupportedNetwork unsupported(NetworkNode node, String what) {
        return new UnsupportedNetwork("layer " + node.key() + " " + what);
    }
}
