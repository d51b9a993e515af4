package io.github.sparkcnn.kernel.step.reader;

import io.github.sparkcnn.kernel.step.KernelLayout;
import io.github.sparkcnn.kernel.step.Sliding;
import io.github.sparkcnn.kernel.step.Step;
import io.github.sparkcnn.kernel.step.UnsupportedNetwork;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.params.DepthwiseConvolutionParamInitializer;

/** Kernels are {@code [height, width, inputs, multiplier]} in c order; an input's outputs are neighbours. */
final class DepthwiseReader implements LayerReader<DepthwiseConvolution2D> {

    @Override
    public int read(DepthwiseConvolution2D layer, LayerSite site, int from) throws UnsupportedNetwork {
        Sliding sliding = Slidings.of(layer, site);
        long inputs = layer.getNIn();
        long multiplier = layer.getDepthMultiplier();
        long pixel = inputs * multiplier;
        int made = site.add(to -> new Step.Convolution(
                from,
                to,
                sliding,
                inputs,
                pixel,
                inputs,
                site.slice(DepthwiseConvolutionParamInitializer.WEIGHT_KEY),
                new KernelLayout(multiplier, 1, 1, sliding.width().kernel() * pixel, pixel),
                site.optional(DepthwiseConvolutionParamInitializer.BIAS_KEY)));
        return ActivationReader.read(layer.getActivationFn(), site, made);
    }
}
