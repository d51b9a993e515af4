package io.github.sparkcnn.kernel.step.reader;

import io.github.sparkcnn.kernel.step.Step;
import io.github.sparkcnn.kernel.step.Step.GlobalPool.Pooling;
import io.github.sparkcnn.kernel.step.UnsupportedNetwork;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;

/** Over height and width, whether DL4J then keeps them as 1 or not. */
final class GlobalPoolingReader implements LayerReader<GlobalPoolingLayer> {
    private static final int[] HEIGHT_AND_WIDTH = {2, 3};

    @Override
    public int read(GlobalPoolingLayer layer, LayerSite site, int from) throws UnsupportedNetwork {
        int[] over = layer.getPoolingDimensions();
        site.require(
                over == null || Arrays.equals(over, HEIGHT_AND_WIDTH),
                "pools over dimensions " + Arrays.toString(over));
        Pooling pooling = switch (layer.getPoolingType()) {
            case AVG -> Pooling.AVERAGE;
            case SUM -> Pooling.SUM;
            case MAX -> Pooling.MAXIMUM;
            default -> throw site.refusal("pools by " + layer.getPoolingType());
        };
        return site.add(to -> new Step.GlobalPool(from, to, pooling));
    }
}
