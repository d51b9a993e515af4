package io.github.sparkcnn.kernel.dl4j;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.kernel.BackendReport;
import io.github.sparkcnn.kernel.InPlaceReplica;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.Threads;
import io.github.sparkcnn.kernel.update.UpdateStep;
import io.github.sparkcnn.network.Network;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A replica that runs DL4J's own layers: any network, any backend. The reference for the others. */
final class Dl4jReplica implements InPlaceReplica {

    private final BackendReport backend;
    private final Network network;
    private final UpdateStep update;
    private final ImageShape shape;
    private final Threads threads;
    private final OutputLoss loss;
    private float[] chunk = {};
    private long classes;

    Dl4jReplica(Network network, ImageShape shape, KernelOptions options, BackendReport backend) {
        this.backend = backend;
        this.network = network;
        network.gradient().assign(0);
        update = new UpdateStep(network, options.rule(), options.clipping(), false);
        threads = new Threads(options.threads());
        loss = new OutputLoss(network, options.weights());
        this.shape = shape;
    }

    @Override
    public double step(Minibatch batch, long seed) {
        threads.apply();
        Nd4j.getRandom().setSeed(seed);
        double regularization = network.regularization();
        try (INDArray features = images(batch.features(), 0, batch.size());
                INDArray labels = oneHot(batch.labels(), batch.size())) {
            loss.weigh(batch);
            double score = network.gradientAndScore(features, labels) - regularization;
            update.apply(batch.size());
            return score;
        } finally {
            loss.restore();
        }
    }

    @Override
    public void predict(float[] features, int size, float[] probabilities) {
        threads.apply();
        for (int from = 0; from < size; from += PREDICTION_BATCH) {
            int batch = Math.min(PREDICTION_BATCH, size - from);
            try (INDArray images = images(features, from, batch);
                    INDArray output = output(images)) {
                float[] values = output.data().asFloat();
                System.arraycopy(values, 0, probabilities, from * values.length / batch, values.length);
            }
        }
    }

    private INDArray output(INDArray images) {
        return network.output(images).dup('c');
    }

    private INDArray images(float[] features, int from, int size) {
        int values = size * shape.size();
        if (chunk.length != values) {
            chunk = new float[values];
        }
        System.arraycopy(features, from * shape.size(), chunk, 0, values);
        return Nd4j.create(chunk, new long[] {size, shape.channels(), shape.height(), shape.width()}, 'c');
    }

    private INDArray oneHot(int[] labels, int size) {
        INDArray hot = Nd4j.zeros(DataType.FLOAT, size, classes());
        for (int i = 0; i < size; i++) {
            hot.putScalar(i, labels[i], 1);
        }
        return hot;
    }

    private long classes() {
        if (classes == 0) {
            try (INDArray one = images(new float[shape.size()], 0, 1);
                    INDArray output = output(one)) {
                classes = output.size(1);
            }
        }
        return classes;
    }

    @Override
    public void scaleLearningRates(double factor) {
        update.scaleLearningRates(factor);
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public BackendReport backend() {
        return backend;
    }

    @Override
    public void close() {
        // The network is the caller's.
    }
}
