package io.github.sparkcnn.kernel;

import io.github.sparkcnn.image.Minibatch;
import java.util.List;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The weights and images of parity.json, by the formula of make_parity.py. */
public final class FormulaNetwork {

    private FormulaNetwork() {}

    /** Parameters numbered in PyTorch's order: weight before bias, layer by layer. */
    public static void fill(MultiLayerNetwork network) {
        int k = 0;
        for (int layer = 0; layer < network.getnLayers(); layer++) {
            for (String name : List.of("W", "b", "gamma", "beta")) {
                String key = layer + "_" + name;
                if (!network.paramTable().containsKey(key)) {
                    continue;
                }
                k++;
                INDArray target = network.getParam(key);
                INDArray weights = network.getParam(layer + "_W");
                double scale =
                        weights == null ? 0.1 : 1 / Math.sqrt((double) weights.length() / network.layerSize(layer));
                float[] values = formula(target.length(), k, scale, name.equals("gamma") ? 1 : 0);
                boolean dense = target.rank() == 2 && name.equals("W");
                target.assign(Nd4j.create(values, target.shape(), dense ? 'f' : 'c'));
            }
        }
    }

    private static float[] formula(long n, int k, double scale, double offset) {
        float[] values = new float[(int) n];
        for (int i = 0; i < n; i++) {
            values[i] = (float) offset + (float) (scale * Math.sin(0.7919 * i + k));
        }
        return values;
    }

    /** Of grey images of 28×28. */
    public static Minibatch batch(int size) {
        float[] features = new float[size * 784];
        for (int i = 0; i < features.length; i++) {
            features[i] = (float) (0.5 + 0.5 * Math.sin(0.7919 * i + 0.5));
        }
        int[] labels = new int[size];
        for (int i = 0; i < size; i++) {
            labels[i] = (7 * i + 3) % 10;
        }
        return new Minibatch(features, labels, size);
    }
}
