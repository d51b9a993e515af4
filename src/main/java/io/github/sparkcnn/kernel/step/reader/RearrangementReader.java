package io.github.sparkcnn.kernel.step.reader;

import io.github.sparkcnn.kernel.step.Step;
import io.github.sparkcnn.kernel.step.UnsupportedNetwork;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.conf.layers.ZeroPaddingLayer;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;

/** Reads the layers that only put pixels elsewhere; sides are rows above and below, then columns left and right. */
final class RearrangementReader {

    private RearrangementReader() {}

    static int padding(ZeroPaddingLayer layer, LayerSite site, int from) throws UnsupportedNetwork {
        Slidings.requireChannelsFirst(layer.getDataFormat(), site);
        int[] sides = layer.getPadding();
        return site.add(to -> new Step.Border(from, to, sides[0], sides[1], sides[2], sides[3]));
    }

    static int cropping(Cropping2D layer, LayerSite site, int from) throws UnsupportedNetwork {
        Slidings.requireChannelsFirst(layer.getDataFormat(), site);
        int[] sides = layer.getCropping();
        return site.add(to -> new Step.Border(from, to, -sides[0], -sides[1], -sides[2], -sides[3]));
    }

    static int upsampling(Upsampling2D layer, LayerSite site, int from) throws UnsupportedNetwork {
        Slidings.requireChannelsFirst(layer.getFormat(), site);
        int[] times = layer.getSize();
        return site.add(to -> new Step.Upsampling(from, to, times[0], times[1]));
    }
}
