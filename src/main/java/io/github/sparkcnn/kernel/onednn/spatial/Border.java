package io.github.sparkcnn.kernel.onednn.spatial;

import io.github.sparkcnn.kernel.onednn.primitive.OneDnn;
import io.github.sparkcnn.kernel.onednn.primitive.Operation;
import io.github.sparkcnn.kernel.onednn.primitive.Tensor;
import org.bytedeco.dnnl.memory;

/**
 * Rows and columns of zeros around images, or where negative as many of the image left out. What both have in common is copied; the
 * zeros are written once.
 */
public final class Border extends Operation {
    private final int top;
    private final int bottom;
    private final int left;
    private final int right;

    public Border(OneDnn dnn, int top, int bottom, int left, int right) {
        super(dnn);
        this.top = top;
        this.bottom = bottom;
        this.left = left;
        this.right = right;
    }

    public Tensor build(Tensor input) {
        long[] from = input.dims();
        long[] to = {from[0], from[1], from[2] + top + bottom, from[3] + left + right};
        memory.desc layout = Layouts.like(input.data().get_desc(), to);
        Tensor output = Tensor.like(dnn, to, layout, input.needsGradient());
        OneDnn.zero(output.data());
        // Where what both have begins in either, and how large it is.
        long[] inInput = {0, 0, Math.max(0, -top), Math.max(0, -left)};
        long[] inOutput = {0, 0, Math.max(0, top), Math.max(0, left)};
        long[] common = {
            from[0],
            from[1],
            from[2] + Math.min(0, top) + Math.min(0, bottom),
            from[3] + Math.min(0, left) + Math.min(0, right)
        };
        forward(dnn.reorder(dnn.part(input.data(), common, inInput), dnn.part(output.data(), common, inOutput), 1));
        if (input.needsGradient()) {
            OneDnn.zero(input.gradient());
            backward(dnn.reorder(
                    dnn.part(output.gradient(), common, inOutput), dnn.part(input.gradient(), common, inInput), 1));
        }
        // Zeros that a reader has written over would be missing in the next pass.
        return output.keeping(Tensor.Kept.SIGN);
    }
}
