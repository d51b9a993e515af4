package io.github.sparkcnn.kernel.step.reader;

import io.github.sparkcnn.kernel.step.KernelLayout;
import io.github.sparkcnn.kernel.step.Sliding;
import io.github.sparkcnn.kernel.step.Step;
import io.github.sparkcnn.kernel.step.UnsupportedNetwork;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.params.DeconvolutionParamInitializer;

/** Kernels are {@code [inputs, outputs, height, width]} in c order. */
final class DeconvolutionReader implements LayerReader<Deconvolution2D> {

    @Override
    public int read(Deconvolution2D layer, LayerSite site, int from) throws UnsupportedNetwork {
        // DL4J drops out of its input, but passes the gradient of what was dropped.
        site.require(layer.getIDropout() == null || site.isFrozen(), "drops out by " + layer.getIDropout());
        Sliding sliding = Slidings.of(layer, site);
        long outputs = layer.getNOut();
        long width = sliding.width().kernel();
        long kernel = sliding.height().kernel() * width;
        int made = site.add(to -> new Step.Deconvolution(
                from,
                to,
                sliding,
                layer.getNIn(),
                outputs,
                site.slice(DeconvolutionParamInitializer.WEIGHT_KEY),
                new KernelLayout(layer.getNIn() * outputs * kernel, kernel, outputs * kernel, width, 1),
                site.optional(DeconvolutionParamInitializer.BIAS_KEY)));
        return ActivationReader.read(layer.getActivationFn(), site, made);
    }
}
