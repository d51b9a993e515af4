package io.github.sparkcnn.network;

import io.github.sparkcnn.random.Seeds;
import java.util.Map;
import java.util.SplittableRandom;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * PyTorch's default initialisation of convolutional and dense layers: weights and biases uniform in ±1/√fan_in
 * (torch.nn.Conv2d and torch.nn.Linear, {@code reset_parameters}: Kaiming uniform with a = √5). Other layers keep
 * Deeplearning4j's, which are PyTorch's too (batch normalisation: 1 and 0).
 */
public final class TorchInitialization {

    private TorchInitialization() {}

    /**
     * Initialises a network and sets its parameters.
     *
     * @throws OutOfMemoryError where there is no memory for them
     */
    public static void apply(Network network, long seed) {
        network.model().init();
        int number = 0;
        for (Layer layer : network.layers()) {
            apply(layer, number++, seed);
        }
    }

    /** Initialises one layer, if it is of a kind that has weights. */
    static void apply(Layer layer, int number, long seed) {
        Map<String, INDArray> parameters = layer.paramTable();
        if (parameters == null || !parameters.containsKey(DefaultParamInitializer.WEIGHT_KEY)) {
            return;
        }
        INDArray weights = parameters.get(DefaultParamInitializer.WEIGHT_KEY);
        INDArray biases = parameters.get(DefaultParamInitializer.BIAS_KEY);
        double bound = 1 / Math.sqrt((double) weights.length() / fanOut(layer));
        fill(weights, bound, Seeds.of(seed, number, 0));
        if (biases != null) {
            fill(biases, bound, Seeds.of(seed, number, 1));
        }
    }

    private static long fanOut(Layer layer) {
        return ((FeedForwardLayer) layer.conf().getLayer()).getNOut();
    }

    private static void fill(INDArray parameter, double bound, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[Math.toIntExact(parameter.length())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
        }
        parameter.assign(Nd4j.create(values, parameter.shape(), parameter.ordering()));
    }
}
