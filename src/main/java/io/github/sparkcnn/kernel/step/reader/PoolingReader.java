package io.github.sparkcnn.kernel.step.reader;

import io.github.sparkcnn.kernel.step.Sliding;
import io.github.sparkcnn.kernel.step.Step;
import io.github.sparkcnn.kernel.step.UnsupportedNetwork;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;

/** Maximum and average; DL4J drops nothing out of a pooling's input. */
final class PoolingReader implements LayerReader<SubsamplingLayer> {

    @Override
    public int read(SubsamplingLayer layer, LayerSite site, int from) throws UnsupportedNetwork {
        Slidings.requireChannelsFirst(layer.getCnn2dDataFormat(), site);
        int[] dilation = layer.getDilation();
        site.require(dilation[0] == 1 && dilation[1] == 1, "is a dilated pooling");
        Sliding sliding = Slidings.of(
                layer.getKernelSize(),
                layer.getStride(),
                layer.getPadding(),
                dilation,
                layer.getConvolutionMode(),
                site);
        return switch (layer.getPoolingType()) {
            case MAX -> site.add(to -> new Step.MaxPool(from, to, sliding));
            case AVG -> site.add(to -> new Step.AveragePool(from, to, sliding, layer.isAvgPoolIncludePadInDivisor()));
            default -> throw site.refusal("pools by " + layer.getPoolingType());
        };
    }
}
