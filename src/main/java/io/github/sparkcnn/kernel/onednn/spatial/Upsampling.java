package io.github.sparkcnn.kernel.onednn.spatial;

import io.github.sparkcnn.kernel.onednn.primitive.OneDnn;
import io.github.sparkcnn.kernel.onednn.primitive.Operation;
import io.github.sparkcnn.kernel.onednn.primitive.Tensor;
import io.github.sparkcnn.kernel.onednn.primitive.Window;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_backward;
import org.bytedeco.dnnl.pooling_forward;

/**
 * Each pixel several times below and beside itself: the transposed of the sum over tiles. So forward is an average pooling's gradient
 * and backward is that pooling, both times the size of a tile.
 */
public final class Upsampling extends Operation {
    private static final dnnl.algorithm AVERAGE = dnnl.algorithm.pooling_avg_include_padding;

    private final Window tiles;
    private final float tile;

    public Upsampling(OneDnn dnn, int rows, int columns) {
        super(dnn);
        tiles = Window.tiles(rows, columns);
        tile = (float) rows * columns;
    }

    public Tensor build(Tensor input) {
        long[] from = input.dims();
        long[] to = {from[0], from[1], from[2] * tiles.kernel()[0], from[3] * tiles.kernel()[1]};
        memory.desc small = input.data().get_desc();
        Tensor output = Tensor.like(dnn, to, Layouts.like(small, to), input.needsGradient());
        memory.desc large = output.data().get_desc();
        pooling_forward.primitive_desc pooling = new pooling_forward.primitive_desc(
                dnn.engine(),
                dnnl.prop_kind.forward_training,
                AVERAGE,
                large,
                small,
                tiles.strides(),
                tiles.kernel(),
                tiles.dilation(),
                tiles.padding(),
                tiles.paddingEnd(),
                OneDnn.withScratch(),
                false);
        memory scaled = dnn.allocate(small);
        forward(dnn.reorder(input.data(), scaled, tile));
        forward(spread(pooling, scaled, output.data()));
        if (input.needsGradient()) {
            memory means = dnn.allocate(small);
            backward(dnn.bind(
                    new pooling_forward(pooling),
                    pooling,
                    dnnl.DNNL_ARG_SRC,
                    output.gradient(),
                    dnnl.DNNL_ARG_DST,
                    means));
            backward(dnn.reorder(means, input.gradient(), tile));
        }
        return output;
    }

    private Runnable spread(pooling_forward.primitive_desc pooling, memory from, memory to) {
        pooling_backward.primitive_desc description = new pooling_backward.primitive_desc(
                dnn.engine(),
                AVERAGE,
                to.get_desc(),
                from.get_desc(),
                tiles.strides(),
                tiles.kernel(),
                tiles.dilation(),
                tiles.padding(),
                tiles.paddingEnd(),
                pooling,
                OneDnn.withScratch(),
                false);
        return dnn.bind(
                new pooling_backward(description),
                description,
                dnnl.DNNL_ARG_DIFF_DST,
                from,
                dnnl.DNNL_ARG_DIFF_SRC,
                to);
    }
}
