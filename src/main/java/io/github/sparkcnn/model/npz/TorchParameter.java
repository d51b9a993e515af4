package io.github.sparkcnn.model.npz;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One parameter of a Deeplearning4j layer as PyTorch sees it.
 *
 * @param name as in PyTorch's {@code state_dict}
 * @param array Deeplearning4j's, live
 * @param layout how the two differ
 */
record TorchParameter(String name, INDArray array, Layout layout) {

    /** Below this a running variance is 0; its logarithm stays finite. */
    private static final double SMALLEST_VARIANCE = 1e-30;

    enum Layout {
        /** The same numbers in the same order; vectors are {@code [1, n]} in Deeplearning4j. */
        SAME,
        /** A dense layer's weights: {@code [in, out]} in Deeplearning4j, {@code [out, in]} in PyTorch. */
        TRANSPOSED,
        /** log₁₀ of the standard deviation in Deeplearning4j, the variance in PyTorch. */
        LOG_DEVIATION
    }

    /** The parameters of a layer in the order of PyTorch's {@code state_dict}. */
    static List<TorchParameter> of(String module, Map<String, INDArray> table) {
        List<TorchParameter> parameters = new ArrayList<>();
        INDArray weights = table.get(DefaultParamInitializer.WEIGHT_KEY);
        if (weights != null) {
            Layout layout = weights.rank() == 2 ? Layout.TRANSPOSED : Layout.SAME;
            parameters.add(new TorchParameter(module + ".weight", weights, layout));
        }
        add(parameters, module + ".bias", table.get(DefaultParamInitializer.BIAS_KEY), Layout.SAME);
        add(parameters, module + ".weight", table.get(BatchNormalizationParamInitializer.GAMMA), Layout.SAME);
        add(parameters, module + ".bias", table.get(BatchNormalizationParamInitializer.BETA), Layout.SAME);
        String mean = module + ".running_mean";
        String variance = module + ".running_var";
        add(parameters, mean, table.get(BatchNormalizationParamInitializer.GLOBAL_MEAN), Layout.SAME);
        add(parameters, variance, table.get(BatchNormalizationParamInitializer.GLOBAL_VAR), Layout.SAME);
        INDArray deviation = table.get(BatchNormalizationParamInitializer.GLOBAL_LOG_STD);
        add(parameters, variance, deviation, Layout.LOG_DEVIATION);
        return parameters;
    }

    private static void add(List<TorchParameter> parameters, String name, INDArray array, Layout layout) {
        if (array != null) {
            parameters.add(new TorchParameter(name, array, layout));
        }
    }

    boolean isRunningVariance() {
        return name.endsWith(".running_var");
    }

    int[] shape() {
        int[] shape = Arrays.stream(array.shape()).mapToInt(Math::toIntExact).toArray();
        if (layout == Layout.TRANSPOSED) {
            return new int[] {shape[1], shape[0]};
        }
        return shape.length == 4 ? shape : new int[] {Math.toIntExact(array.length())};
    }

    float[] values() {
        INDArray ordered = layout == Layout.TRANSPOSED ? array.transpose().dup('c') : array.dup('c');
        float[] values = ordered.reshape(ordered.length()).toFloatVector();
        if (layout == Layout.LOG_DEVIATION) {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) Math.pow(10, 2.0 * values[i]);
            }
        }
        return values;
    }

    void assign(float[] torch) {
        float[] values = torch.clone();
        if (layout == Layout.LOG_DEVIATION) {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (Math.log10(Math.max(values[i], SMALLEST_VARIANCE)) / 2);
            }
        }
        if (layout == Layout.TRANSPOSED) {
            array.assign(Nd4j.create(values, new long[] {array.size(1), array.size(0)}, 'c')
                    .transpose());
        } else {
            array.assign(Nd4j.create(values, array.shape(), 'c'));
        }
    }
}
