package io.github.sparkcnn.kernel.step.reader;

import io.github.sparkcnn.kernel.step.Step;
import io.github.sparkcnn.kernel.step.UnsupportedNetwork;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;

/** DL4J sums over ⌊n / 2⌋ channels on either side, and α is not divided by their number. */
final class LocalResponseReader implements LayerReader<LocalResponseNormalization> {

    @Override
    public int read(LocalResponseNormalization layer, LayerSite site, int from) throws UnsupportedNetwork {
        Slidings.requireChannelsFirst(layer.getDataFormat(), site);
        int size = (int) layer.getN() / 2 * 2 + 1;
        return site.add(to -> new Step.LocalResponse(from, to, size, layer.getAlpha(), layer.getBeta(), layer.getK()));
    }
}
