package io.github.sparkcnn.kernel.onednn.weighted;

import io.github.sparkcnn.kernel.onednn.primitive.OneDnn;
import io.github.sparkcnn.kernel.onednn.primitive.Operation;
import io.github.sparkcnn.kernel.onednn.primitive.Tensor;
import io.github.sparkcnn.kernel.onednn.primitive.Window;
import org.bytedeco.dnnl.convolution_backward_weights;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.memory;

/**
 * The gradient by the weights of a convolution of one channel, where oneDNN would fill its block of channels with zeros and
 * multiply by them: so on AVX2, by seven of eight. The rows that a window covers become the channels of a copy,
 * {@code [n, kernel's rows, output's rows, width]}, which a convolution by ones and zeros makes; its kernel is one row high. The
 * products are the same.
 *
 * @param operation that the passes are appended to
 * @param window of the convolution
 */
record RowsAsChannels(Operation operation, LinearWeights weights, Window window) {

    /** Whether there is one channel of floats, a kernel of several rows, and zeros in the layout that the direct way would read. */
    boolean pays(convolution_backward_weights.primitive_desc direct, Tensor input) {
        return dnn().products() == memory.data_type.f32
                && weights.dims().length == 4
                && input.channels() == 1
                && rows() > 1
                && direct.src_desc().get_size() > input.size() * Float.BYTES;
    }

    void byWeights(Tensor input, Tensor output) {
        long[] dims = {input.dims()[0], rows(), output.dims()[2], input.dims()[3]};
        LinearWeights oneRowHigh = oneRowHigh();
        var description = byWeights(dims, output.dims(), oneRowHigh);
        memory copy = dnn().allocate(description.src_desc());
        copyRows(input, copy);
        new LinearGradients(operation, oneRowHigh)
                .byWeights(new convolution_backward_weights(description), description, copy, output);
    }

    private convolution_backward_weights.primitive_desc byWeights(long[] dims, long[] outputDims, LinearWeights rows) {
        Window along = along(1);
        convolution_forward.primitive_desc hint =
                forward(along, dnn().any(dims), rows.any(dnn()), rows.biasOrNone(), dnn().any(outputDims));
        return new convolution_backward_weights.primitive_desc(
                dnn().engine(),
                dnnl.algorithm.convolution_direct,
                dnn().any(dims),
                rows.any(dnn()),
                rows.biasOrNone(),
                dnn().any(outputDims),
                along.strides(),
                along.dilation(),
                along.padding(),
                along.paddingEnd(),
                hint,
                OneDnn.withScratch(),
                false);
    }

    /** Appends: channel i of the copy is the input's row that the kernel's row i meets. */
    private void copyRows(Tensor input, memory copy) {
        long rows = rows();
        long[] kernel = {rows, 1, rows, 1};
        memory identity = dnn().allocate(OneDnn.plain(kernel));
        OneDnn.zero(identity);
        for (long row = 0; row < rows; row++) {
            dnn().floats(identity).put(row * rows + row, 1);
        }
        var description =
                forward(along(0), dnn().any(input.dims()), dnn().any(kernel), new memory.desc(), copy.get_desc());
        memory ones = dnn().allocate(description.weights_desc());
        dnn().reorder(identity, ones, 1).run();
        operation.backward(dnn().bind(
                        new convolution_forward(description),
                        description,
                        dnnl.DNNL_ARG_SRC,
                        operation.inLayout(input.data(), description.src_desc(), operation::backward),
                        dnnl.DNNL_ARG_WEIGHTS,
                        ones,
                        dnnl.DNNL_ARG_DST,
                        copy));
    }

    private convolution_forward.primitive_desc forward(
            Window along, memory.desc source, memory.desc kernel, memory.desc bias, memory.desc destination) {
        return new convolution_forward.primitive_desc(
                dnn().engine(),
                dnnl.prop_kind.forward_training,
                dnnl.algorithm.convolution_direct,
                source,
                kernel,
                bias,
                destination,
                along.strides(),
                along.dilation(),
                along.padding(),
                along.paddingEnd(),
                OneDnn.withScratch(),
                false);
    }

    /** The window along one axis, 0 for height, and a single element along the other. */
    private Window along(int axis) {
        return new Window(
                only(axis, window.kernel(), 1),
                only(axis, window.strides(), 1),
                only(axis, window.dilation(), 0),
                only(axis, window.padding(), 0),
                only(axis, window.paddingEnd(), 0));
    }

    private static long[] only(int axis, long[] values, long elsewhere) {
        return axis == 0 ? new long[] {values[0], elsewhere} : new long[] {elsewhere, values[1]};
    }

    /** The weights with the kernel's rows as input channels. */
    private LinearWeights oneRowHigh() {
        long[] dims = weights.dims();
        long[] strides = weights.strides();
        return new LinearWeights(
                weights.weights(),
                weights.bias(),
                new long[] {dims[0], dims[2], 1, dims[3]},
                new long[] {strides[0], strides[2], strides[2], strides[3]},
                weights.scale());
    }

    private long rows() {
        return weights.dims()[2];
    }

    private OneDnn dnn() {
        return operation.dnn();
    }
}
