package io.github.sparkcnn.kernel.step.reader;

import io.github.sparkcnn.kernel.step.Step;
import io.github.sparkcnn.kernel.step.UnsupportedNetwork;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;

/** Weights are {@code [inputs, outputs]} in f order, which is {@code [outputs, inputs]} in c order. */
final class DenseReader implements LayerReader<DenseLayer> {

    @Override
    public int read(DenseLayer layer, LayerSite site, int from) throws UnsupportedNetwork {
        site.require(!layer.hasLayerNorm(), "has layer normalisation");
        return ActivationReader.read(layer.getActivationFn(), site, sums(layer, site, from));
    }

    /** The layer without its activation. */
    static int sums(FeedForwardLayer layer, LayerSite site, int from) {
        return site.add(to -> new Step.Dense(
                from,
                to,
                layer.getNOut(),
                site.slice(DefaultParamInitializer.WEIGHT_KEY),
                site.optional(DefaultParamInitializer.BIAS_KEY)));
    }
}
