package io.github.sparkcnn.kernel.onednn.spatial;

import io.github.sparkcnn.kernel.onednn.primitive.OneDnn;
import io.github.sparkcnn.kernel.onednn.primitive.Operation;
import io.github.sparkcnn.kernel.onednn.primitive.Tensor;
import io.github.sparkcnn.kernel.onednn.primitive.UnsupportedShape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.dnnl.memory;

/** Images one behind another by their channels, or rows by their features: each is copied to its place. */
public final class Concatenation extends Operation {

    public Concatenation(OneDnn dnn) {
        super(dnn);
    }

    public Tensor build(List<Tensor> inputs) {
        long[] dims = dims(inputs);
        Tensor output =
                Tensor.like(dnn, dims, layout(inputs, dims), inputs.stream().anyMatch(Tensor::needsGradient));
        // Nobody writes what fills the last block of channels up.
        OneDnn.zero(output.data());
        if (output.needsGradient()) {
            OneDnn.zero(output.gradient());
        }
        long[] offset = new long[dims.length];
        for (Tensor input : inputs) {
            forward(dnn.reorder(input.data(), dnn.part(output.data(), input.dims(), offset), 1));
            if (input.needsGradient()) {
                backward(dnn.reorder(dnn.part(output.gradient(), input.dims(), offset), input.gradient(), 1));
            }
            offset[1] += input.channels();
        }
        return output;
    }

    private static long[] dims(List<Tensor> inputs) {
        long[] dims = inputs.get(0).dims().clone();
        for (Tensor input : inputs.subList(1, inputs.size())) {
            long[] other = input.dims().clone();
            dims[1] += other[1];
            other[1] = inputs.get(0).channels();
            if (!Arrays.equals(other, inputs.get(0).dims())) {
                throw new UnsupportedShape("images of shapes "
                        + Arrays.toString(inputs.get(0).dims()) + " and " + Arrays.toString(input.dims())
                        + " are merged");
            }
        }
        return dims;
    }

    /** That of the first in blocks of channels, if no block then has channels of two inputs. */
    private static memory.desc layout(List<Tensor> inputs, long[] dims) {
        memory.data_type type = inputs.get(0).data().get_desc().get_data_type();
        if (dims.length == 2) {
            return OneDnn.plain(dims, type);
        }
        memory.desc blocked = Layouts.like(inputs.get(0).data().get_desc(), dims);
        boolean isBlocked = blocked.get_inner_nblks() > 0;
        long block = isBlocked ? blocked.get_inner_blks().get(0) : 1;
        boolean whole = IntStream.range(0, inputs.size() - 1)
                .allMatch(i -> inputs.get(i).channels() % block == 0);
        return isBlocked && whole ? blocked : Layouts.channelsLast(dims, type);
    }
}
