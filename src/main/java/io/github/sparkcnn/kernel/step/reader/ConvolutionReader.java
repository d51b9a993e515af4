package io.github.sparkcnn.kernel.step.reader;

import io.github.sparkcnn.kernel.step.KernelLayout;
import io.github.sparkcnn.kernel.step.Sliding;
import io.github.sparkcnn.kernel.step.Step;
import io.github.sparkcnn.kernel.step.UnsupportedNetwork;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;

/** Kernels are {@code [outputs, inputs, height, width]} in c order. */
final class ConvolutionReader implements LayerReader<ConvolutionLayer> {

    @Override
    public int read(ConvolutionLayer layer, LayerSite site, int from) throws UnsupportedNetwork {
        Sliding sliding = Slidings.of(layer, site);
        int made = site.add(to -> new Step.Convolution(
                from,
                to,
                sliding,
                layer.getNIn(),
                layer.getNOut(),
                1,
                site.slice(ConvolutionParamInitializer.WEIGHT_KEY),
                KernelLayout.ofOutputs(layer.getNOut(), layer.getNIn(), sliding),
                site.optional(ConvolutionParamInitializer.BIAS_KEY)));
        return ActivationReader.read(layer.getActivationFn(), site, made);
    }
}
