package io.github.sparkcnn.kernel.step.reader;

import io.github.sparkcnn.kernel.step.UnsupportedNetwork;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
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
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;

/** Finds the reader of a layer by its exact class: a subclass computes something else. */
final class LayerReaders {
    private static final Map<Class<? extends Layer>, LayerReader<?>> BY_CLASS = Map.ofEntries(
            of(
                    ActivationLayer.class,
                    (layer, site, from) -> ActivationReader.read(layer.getActivationFn(), site, from)),
            of(BatchNormalization.class, new NormalizationReader()),
            behindDropout(ConvolutionLayer.class, new ConvolutionReader()),
            of(Cropping2D.class, RearrangementReader::cropping),
            of(Deconvolution2D.class, new DeconvolutionReader()),
            behindDropout(DenseLayer.class, new DenseReader()),
            behindDropout(DepthwiseConvolution2D.class, new DepthwiseReader()),
            behindDropout(DropoutLayer.class, (layer, site, from) -> from),
            of(GlobalPoolingLayer.class, new GlobalPoolingReader()),
            of(LocalResponseNormalization.class, new LocalResponseReader()),
            of(LossLayer.class, HeadReader::loss),
            behindDropout(OutputLayer.class, HeadReader::output),
            behindDropout(SeparableConvolution2D.class, new SeparableReader()),
            of(SubsamplingLayer.class, new PoolingReader()),
            behindDropout(Upsampling2D.class, RearrangementReader::upsampling),
            of(ZeroPaddingLayer.class, RearrangementReader::padding));

    /** Layers that take rows, or numbers one by one: the rows of an image in c order are what they would make of it. */
    private static final Set<Class<? extends Layer>> OF_ROWS =
            Set.of(ActivationLayer.class, DenseLayer.class, DropoutLayer.class, LossLayer.class, OutputLayer.class);

    private LayerReaders() {}

    /** Adds the layer's steps and returns the value that it makes. */
    @SuppressWarnings("unchecked") // of() pairs a class with a reader of that class
    static int read(LayerSite site) throws UnsupportedNetwork {
        Layer layer = site.configuration();
        LayerReader<Layer> reader = (LayerReader<Layer>) BY_CLASS.get(layer.getClass());
        site.require(reader != null, "is a " + layer.getClass().getSimpleName());
        requireKnownPreProcessor(site, layer);
        site.require(!(layer instanceof BaseLayer base) || base.getWeightNoise() == null, "has weight noise");
        site.require(!site.cutsTraining(), "is frozen, and layers before it are not");
        return reader.read(layer, site, site.input());
    }

    /** The layers that there are readers for. */
    static Set<Class<? extends Layer>> known() {
        return BY_CLASS.keySet();
    }

    private static void requireKnownPreProcessor(LayerSite site, Layer layer) throws UnsupportedNetwork {
        Object before = site.node().preProcessor();
        boolean flattens = before instanceof CnnToFeedForwardPreProcessor flattened
                && flattened.getFormat() == CNN2DFormat.NCHW
                && OF_ROWS.contains(layer.getClass());
        // Images come as images.
        boolean ofInput = before instanceof FeedForwardToCnnPreProcessor && site.input() == 0;
        boolean known = before == null || flattens || ofInput;
        site.require(known, "has a " + (known ? "" : before.getClass().getSimpleName()));
    }

    private static <L extends Layer> Map.Entry<Class<? extends Layer>, LayerReader<?>> of(
            Class<L> layer, LayerReader<L> reader) {
        return Map.entry(layer, reader);
    }

    /** A layer that drops out of its input first; not all of DL4J's do, whatever their configuration says. */
    private static <L extends Layer> Map.Entry<Class<? extends Layer>, LayerReader<?>> behindDropout(
            Class<L> layer, LayerReader<L> reader) {
        return of(
                layer,
                (known, site, from) -> reader.read(known, site, DropoutReader.read(known.getIDropout(), site, from)));
    }
}
