package io.github.sparkcnn.kernel.step.reader;

import io.github.sparkcnn.kernel.step.Step;
import io.github.sparkcnn.kernel.step.UnsupportedNetwork;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;

/** DL4J's layer neither drops out nor activates, whatever its configuration says. */
final class NormalizationReader implements LayerReader<BatchNormalization> {

    @Override
    public int read(BatchNormalization layer, LayerSite site, int from) throws UnsupportedNetwork {
        Slidings.requireChannelsFirst(layer.getCnn2DFormat(), site);
        site.require(layer.isUseLogStd(), "keeps the running variance and not its logarithm");
        site.require(!layer.isLockGammaBeta(), "has a locked scale and shift");
        site.require(layer.isMinibatch(), "averages its statistics over whole data sets");
        return site.add(to -> new Step.Normalization(
                from,
                to,
                Math.toIntExact(layer.getNOut()),
                layer.getDecay(),
                layer.getEps(),
                site.slice(BatchNormalizationParamInitializer.GAMMA),
                site.slice(BatchNormalizationParamInitializer.BETA),
                site.slice(BatchNormalizationParamInitializer.GLOBAL_MEAN),
                site.slice(BatchNormalizationParamInitializer.GLOBAL_LOG_STD)));
    }
}
