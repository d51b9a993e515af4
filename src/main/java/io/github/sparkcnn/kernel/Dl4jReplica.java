package io.github.sparkcnn.kernel;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.Minibatch;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A replica that runs DL4J's own layers: any network, any backend. The reference for the others. */
final class Dl4jReplica implements Replica {
    private static final int LARGEST_PREDICTION = 256;

    private final BackendReport backend;
    private final FlatNetwork network;
    private final UpdateStep update;
    private final ImageShape shape;
    private final Threads threads;
    private final OutputLoss loss;
    private float[] chunk = {};
    private long classes;

    Dl4jReplica(Model model, ImageShape shape, KernelOptions options, BackendReport backend) {
        this.backend = backend;
        network = FlatNetwork.of(model);
        network.gradient().assign(0);
        update = new UpdateStep(network, options, false);
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
            double score = gradientAndScore(features, labels) - regularization;
            update.apply(batch.size());
            return score;
        } finally {
            loss.restore();
        }
    }

    private double gradientAndScore(INDArray features, INDArray labels) {
        if (network.model() instanceof MultiLayerNetwork sequential) {
            sequential.setInput(features);
            sequential.setLabels(labels);
            sequential.computeGradientAndScore();
            sequential.clearLayersStates();
            return sequential.score();
        }
        ComputationGraph graph = (ComputationGraph) network.model();
        graph.setInputs(features);
        graph.setLabels(labels);
        graph.computeGradientAndScore();
        graph.clearLayersStates();
        return graph.score();
    }

    @Override
    public void predict(float[] features, int size, float[] probabilities) {
        threads.apply();
        for (int from = 0; from < size; from += LARGEST_PREDICTION) {
            int batch = Math.min(LARGEST_PREDICTION, size - from);
            try (INDArray images = images(features, from, batch);
                    INDArray output = output(images)) {
                float[] values = output.data().asFloat();
                System.arraycopy(values, 0, probabilities, from * values.length / batch, values.length);
            }
        }
    }

    private INDArray output(INDArray images) {
        INDArray output = network.model() instanceof MultiLayerNetwork sequential
                ? sequential.output(images, false)
                : ((ComputationGraph) network.model()).outputSingle(images);
        return output.dup('c');
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
    public BackendReport backend() {
        return backend;
    }

    @Override
    public void close() {
        // The network is the caller's.
    }
}
