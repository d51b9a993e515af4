package io.github.sparkcnn.kernel.step.reader;

import io.github.sparkcnn.kernel.step.KernelLayout;
import io.github.sparkcnn.kernel.step.Sliding;
import io.github.sparkcnn.kernel.step.Step;
import io.github.sparkcnn.kernel.step.UnsupportedNetwork;
import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.params.SeparableConvolutionParamInitializer;

/**
 * A depthwise convolution, whose kernels are {@code [multiplier, inputs, height, width]} in c order, and one of single pixels behind
 * it, {@code [outputs, inputs · multiplier]}, which has the bias.
 */
final class SeparableReader implements LayerReader<SeparableConvolution2D> {
    private static final Sliding.Axis PIXEL = new Sliding.Axis(1, 1, 0, 1);

    @Override
    public int read(SeparableConvolution2D layer, LayerSite site, int from) throws UnsupportedNetwork {
        Sliding sliding = Slidings.of(layer, site);
        int depthwise = depthwise(layer, sliding, site, from);
        Sliding pixels = new Sliding(PIXEL, PIXEL, false);
        long between = layer.getNIn() * layer.getDepthMultiplier();
        int made = site.add(to -> new Step.Convolution(
                depthwise,
                to,
                pixels,
                between,
                layer.getNOut(),
                1,
                site.slice(SeparableConvolutionParamInitializer.POINT_WISE_WEIGHT_KEY),
                KernelLayout.ofOutputs(layer.getNOut(), between, pixels),
                site.optional(SeparableConvolutionParamInitializer.BIAS_KEY)));
        return ActivationReader.read(layer.getActivationFn(), site, made);
    }

    private static int depthwise(SeparableConvolution2D layer, Sliding sliding, LayerSite site, int from) {
        long inputs = layer.getNIn();
        long width = sliding.width().kernel();
        long kernel = sliding.height().kernel() * width;
        return site.add(to -> new Step.Convolution(
                from,
                to,
                sliding,
                inputs,
                inputs * layer.getDepthMultiplier(),
                inputs,
                site.slice(SeparableConvolutionParamInitializer.DEPTH_WISE_WEIGHT_KEY),
                new KernelLayout(kernel, inputs * kernel, 1, width, 1),
                Optional.empty()));
    }
}
