package io.github.sparkcnn.onnx.layer;

import java.util.Map;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;

/** Finds the translation of a layer by its exact class: a subclass computes something else. */
public final class LayerTranslator {
    private static final Map<Class<? extends Layer>, Translation<?>> BY_CLASS = Map.ofEntries(
            of(ActivationLayer.class, (node, layer) -> Activations.write(node, layer.getActivationFn())),
            of(BatchNormalization.class, new BatchNormalizationTranslation()),
            of(ConvolutionLayer.class, new ConvolutionTranslation()),
            of(Cropping2D.class, RearrangementTranslation::cropping),
            of(Deconvolution2D.class, new DeconvolutionTranslation()),
            of(DenseLayer.class, new DenseTranslation()),
            of(DepthwiseConvolution2D.class, new DepthwiseTranslation()),
            of(DropoutLayer.class, (node, layer) -> node.input()),
            of(FrozenLayer.class, (node, layer) -> write(node, layer.getLayer())),
            of(FrozenLayerWithBackprop.class, (node, layer) -> write(node, layer.getUnderlying())),
            of(GlobalPoolingLayer.class, new GlobalPoolingTranslation()),
            of(LocalResponseNormalization.class, new LocalResponseTranslation()),
            of(LossLayer.class, (node, layer) -> HeadTranslation.write(node, layer.getActivationFn())),
            of(OutputLayer.class, new OutputTranslation()),
            of(SeparableConvolution2D.class, new SeparableTranslation()),
            of(SubsamplingLayer.class, new PoolingTranslation()),
            of(Upsampling2D.class, RearrangementTranslation::upsampling),
            of(ZeroPaddingLayer.class, RearrangementTranslation::padding));

    private LayerTranslator() {}

    /** Adds the layer's nodes and returns the name of its output. */
    @SuppressWarnings("unchecked") // of() pairs a class with a translation of that class
    public static String write(LayerNode node, Layer layer) {
        Translation<Layer> translation = (Translation<Layer>) BY_CLASS.get(layer.getClass());
        UntranslatableException.require(
                translation != null, "it is a " + layer.getClass().getSimpleName());
        return translation.write(node, layer);
    }

    private static <L extends Layer> Map.Entry<Class<? extends Layer>, Translation<?>> of(
            Class<L> layer, Translation<L> translation) {
        return Map.entry(layer, translation);
    }
}
