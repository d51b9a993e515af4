package org.example;

import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.kernel.BackendReport;
import io.github.sparkcnn.kernel.InPlaceReplica;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.step.Slice;
import io.github.sparkcnn.kernel.step.Step;
import io.github.sparkcnn.kernel.update.UpdateStep;
import io.github.sparkcnn.network.Network;
import org.nd4j.linalg.factory.Nd4j;

/** softmax(W x + b) and the gradient of its cross-entropy; the update is the host's own. */
final class OneLayer implements InPlaceReplica {

    private final Network network;
    private final Slice weights;
    private final Slice bias;
    private final int inputs;
    private final int outputs;
    private final UpdateStep update;
    private final BackendReport machine;

    OneLayer(Network network, Step.Dense dense, int inputs, KernelOptions options, BackendReport machine) {
        this.network = network;
        this.weights = dense.weights();
        this.bias = dense.bias().orElseThrow();
        this.inputs = inputs;
        this.outputs = (int) dense.outputs();
        this.update = new UpdateStep(network, options.rule(), options.clipping(), false);
        this.machine = machine;
    }

    @Override
    public double step(Minibatch batch, long seed) {
        float[] probabilities = new float[batch.size() * outputs];
        predict(batch.features(), batch.size(), probabilities);
        float[] gradient = new float[(int) network.parameters().length()];
        double loss = 0;
        for (int i = 0; i < batch.size(); i++) {
            loss -= Math.log(probabilities[i * outputs + batch.labels()[i]]);
            for (int k = 0; k < outputs; k++) {
                float error = probabilities[i * outputs + k] - (k == batch.labels()[i] ? 1 : 0);
                gradient[(int) bias.offset() + k] += error;
                for (int j = 0; j < inputs; j++) {
                    gradient[(int) weights.offset() + k * inputs + j] += error * batch.features()[i * inputs + j];
                }
            }
        }
        network.gradient()
                .assign(Nd4j.createFromArray(gradient)
                        .reshape(network.gradient().shape()));
        update.apply(batch.size());
        return loss / batch.size();
    }

    @Override
    public void predict(float[] features, int size, float[] probabilities) {
        float[] parameters = network.parameters().toFloatVector();
        for (int i = 0; i < size; i++) {
            double sum = 0;
            for (int k = 0; k < outputs; k++) {
                double logit = parameters[(int) bias.offset() + k];
                for (int j = 0; j < inputs; j++) {
                    logit += parameters[(int) weights.offset() + k * inputs + j] * features[i * inputs + j];
                }
                sum += Math.exp(logit);
                probabilities[i * outputs + k] = (float) Math.exp(logit);
            }
            for (int k = 0; k < outputs; k++) {
                probabilities[i * outputs + k] /= (float) sum;
            }
        }
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
        return machine;
    }

    @Override
    public void close() {
        // Nothing lies outside the heap.
    }
}
