package io.github.sparkcnn.kernel;

import io.github.sparkcnn.data.Minibatch;
import java.util.Arrays;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

final class Dl4jReplica implements Replica {

    private final MultiLayerNetwork network;
    private final int classes;

    Dl4jReplica(Model network) {
        this.network = (MultiLayerNetwork) network;
        this.classes = (int) this.network.getOutputLayer().getParam("b").length();
    }

    @Override
    public double step(Minibatch batch, long seed) {
        Nd4j.getRandom().setSeed(seed);
        INDArray labels = Nd4j.zeros(batch.size(), classes);
        for (int i = 0; i < batch.size(); i++) {
            labels.putScalar(i, batch.labels()[i], 1);
        }
        network.fit(features(batch.features(), batch.size()), labels);
        return network.score();
    }

    private INDArray features(float[] values, int size) {
        return Nd4j.create(
                Arrays.copyOf(values, values.length / batch(values) * size), new long[] {size, 1, 28, 28}, 'c');
    }

    private static int batch(float[] values) {
        return values.length / 784;
    }

    @Override
    public void predict(float[] features, int size, float[] probabilities) {
        float[] out = network.output(features(features, size)).dup('c').data().asFloat();
        System.arraycopy(out, 0, probabilities, 0, size * classes);
    }

    @Override
    public void close() {}
}
