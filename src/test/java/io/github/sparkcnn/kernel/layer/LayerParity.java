package io.github.sparkcnn.kernel.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withPrecision;
import static org.assertj.core.api.Assertions.within;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.kernel.Engines;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.LayerGradients;
import io.github.sparkcnn.kernel.LayerHelpers;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.network.Network;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Holds the direct kernels to DL4J's layers without any helper: outputs, every gradient, steps of training, outputs again. */
final class LayerParity {
    private static final int BATCH = 5;
    private static final int STEPS = 5;

    private LayerParity() {}

    static void assertHolds(LayerCase layer) {
        Minibatch batch = batch(layer.images());
        Model direct = layer.copy();
        Model plain = layer.copy();
        assertSameOutputs(layer);
        assertSameGradients(layer, batch);
        assertSameTraining(direct, plain, layer);
        assertSame(
                "outputs after training",
                outputs(direct, layer, Engines.ONEDNN),
                outputs(plain, layer, Engines.DL4J),
                1e-3);
    }

    /** Only the steps: an updater of DL4J's replaces the gradient. */
    static void assertTrains(LayerCase layer) {
        assertSameTraining(layer.copy(), layer.copy(), layer);
    }

    private static void assertSameTraining(Model direct, Model plain, LayerCase layer) {
        Minibatch batch = batch(layer.images());
        INDArray start = plain.params().dup();
        double loss = train(direct, layer, batch, Engines.ONEDNN);
        double expected = LayerHelpers.without(plain, () -> train(plain, layer, batch, Engines.DL4J));
        assertThat(loss).as("loss").isCloseTo(expected, within(1e-4 * Math.max(1, expected)));
        assertThat(direct.params().distance2(plain.params()))
                .as("parameters after %d steps", STEPS)
                .isLessThan(2e-3 * plain.params().distance2(start));
    }

    static void assertSameOutputs(LayerCase layer) {
        assertSame(
                "outputs",
                outputs(layer.copy(), layer, Engines.ONEDNN),
                outputs(layer.copy(), layer, Engines.DL4J),
                1e-5);
    }

    /**
     * Two engines agree: outputs, the loss of every step, what five of them make of the state, outputs again.
     *
     * @param tolerance of the state, as a part of what it changes by
     */
    static void assertAgree(LayerCase layer, String engine, String other, double tolerance) {
        Minibatch batch = batch(layer.images());
        float[] outputs = new float[BATCH * 10];
        float[] others = new float[BATCH * 10];
        try (Replica replica = open(layer.copy(), layer, engine);
                Replica oracle = open(layer.copy(), layer, other)) {
            float[] start = oracle.read().parameters();
            replica.predict(batch.features(), BATCH, outputs);
            oracle.predict(batch.features(), BATCH, others);
            assertSame("outputs", outputs, others, 1e-5);
            for (int step = 0; step < STEPS; step++) {
                double expected = oracle.step(batch, step);
                assertThat(replica.step(batch, step))
                        .as("loss of step %d", step)
                        .isCloseTo(expected, within(1e-4 * Math.max(1, expected)));
            }
            float[] expected = oracle.read().parameters();
            assertThat(distance(replica.read().parameters(), expected))
                    .as("parameters")
                    .isLessThan(tolerance * distance(start, expected));
            assertThat(distance(replica.read().updater(), oracle.read().updater()))
                    .as("state of the updater")
                    .isLessThan(tolerance * (1e-3 + norm(oracle.read().updater())));
            replica.predict(batch.features(), BATCH, outputs);
            oracle.predict(batch.features(), BATCH, others);
            assertSame("outputs after training", outputs, others, 1e-3);
        }
    }

    private static double norm(float[] values) {
        return distance(values, new float[values.length]);
    }

    private static double distance(float[] some, float[] others) {
        double sum = 0;
        for (int i = 0; i < some.length; i++) {
            sum += ((double) some[i] - others[i]) * ((double) some[i] - others[i]);
        }
        return Math.sqrt(sum);
    }

    /** Noise a quarter of which is black. */
    static Minibatch batch(ImageShape shape) {
        Random random = new Random(5);
        float[] features = new float[BATCH * shape.size()];
        for (int i = 0; i < features.length; i++) {
            features[i] = i / 8 % 4 == 0 ? 0 : random.nextFloat() - 0.3f;
        }
        int[] labels = new int[BATCH];
        for (int i = 0; i < BATCH; i++) {
            labels[i] = random.nextInt(10);
        }
        return new Minibatch(features, labels, BATCH);
    }

    private static float[] outputs(Model network, LayerCase layer, String engine) {
        float[] outputs = new float[BATCH * 10];
        try (Replica replica = open(network, layer, engine)) {
            replica.predict(batch(layer.images()).features(), BATCH, outputs);
        }
        return outputs;
    }

    private static double train(Model network, LayerCase layer, Minibatch batch, String engine) {
        double loss = 0;
        try (Replica replica = open(network, layer, engine)) {
            for (int step = 0; step < STEPS; step++) {
                loss = replica.step(batch, step);
            }
        }
        return loss;
    }

    /** One that has to train whatever it predicts. */
    private static Replica open(Model network, LayerCase layer, String engine) {
        return Engines.open(
                Network.of(network),
                layer.images(),
                KernelOptions.defaults().withTraining().withEngine(engine));
    }

    private static void assertSameGradients(LayerCase layer, Minibatch batch) {
        Network direct = Network.of(layer.copy());
        try (Replica replica = open(direct.model(), layer, Engines.ONEDNN)) {
            replica.step(batch, 0);
        }
        Network plain = Network.of(layer.copy());
        LayerHelpers.without(plain.model(), () -> plain.gradientAndScore(images(batch, layer), oneHot(batch)));
        List<Layer> expected = plain.layers();
        for (int i = 0; i < expected.size(); i++) {
            assertSameGradients(i, LayerGradients.of(direct.layers().get(i)), LayerGradients.of(expected.get(i)));
        }
    }

    private static void assertSameGradients(int layer, Map<String, INDArray> actual, Map<String, INDArray> expected) {
        expected.forEach((name, gradient) -> assertThat(actual.get(name).distance2(gradient))
                .as("%s of layer %d", name, layer)
                .isLessThanOrEqualTo(1e-4 * (1e-2 + gradient.norm2Number().doubleValue())));
    }

    private static INDArray images(Minibatch batch, LayerCase layer) {
        ImageShape shape = layer.images();
        long[] dims = {batch.size(), shape.channels(), shape.height(), shape.width()};
        return Nd4j.create(batch.features(), dims, 'c');
    }

    private static INDArray oneHot(Minibatch batch) {
        INDArray labels = Nd4j.zeros(batch.size(), 10);
        for (int i = 0; i < batch.size(); i++) {
            labels.putScalar(i, batch.labels()[i], 1);
        }
        return labels;
    }

    private static void assertSame(String what, float[] actual, float[] expected, double tolerance) {
        assertThat(actual).as(what).containsExactly(expected, withPrecision((float) tolerance));
    }
}
