package io.github.sparkcnn.kernel;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.kernel.onednn.Plan;
import io.github.sparkcnn.kernel.onednn.SoftmaxCrossEntropy;
import io.github.sparkcnn.kernel.update.HostState;
import io.github.sparkcnn.kernel.update.UpdateStep;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkState;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * A replica whose forward and backward passes are oneDNN primitives over blocked layouts, called directly. The flat parameters
 * stay the truth: they are read at every step and may be overwritten in between.
 */
final class OneDnnReplica implements Replica {
    private static final int LARGEST_PREDICTION = 256;

    private final BackendReport backend;
    private final Network network;
    private final Threads threads;
    private final UpdateStep update;
    private final Plans training;
    private final Plans prediction;
    private final SoftmaxCrossEntropy loss;
    private final ClassWeights weights;
    private float[] logits = {};

    OneDnnReplica(Network network, ImageShape shape, KernelOptions options, BackendReport backend)
            throws UnsupportedNetwork {
        this(network, shape, options, backend, EnumSet.allOf(Shortcut.class));
    }

    OneDnnReplica(
            Network network, ImageShape shape, KernelOptions options, BackendReport backend, Set<Shortcut> shortcuts)
            throws UnsupportedNetwork {
        this.backend = backend;
        this.network = network;
        // Frozen layers write no gradient, and the updater reads the whole view.
        network.gradient().assign(0);
        NetworkReader reader = new NetworkReader(network);
        List<Step> steps = shortcuts.contains(Shortcut.RELU_AFTER_POOLING)
                ? StepOrder.reluAfterPooling(reader.read())
                : reader.read();
        threads = new Threads(options.threads());
        update = new UpdateStep(network, options.rule(), options.clipping(), shortcuts.contains(Shortcut.FUSED_UPDATE));
        training = new Plans(batch -> PlanCompiler.compile(steps, shape, shortcuts, batch, true));
        prediction = new Plans(batch -> PlanCompiler.compile(steps, shape, shortcuts, batch, false));
        weights = options.weights();
        threads.apply();
        loss = new SoftmaxCrossEntropy(prediction.of(1).classes(), classWeights(reader.loss()));
    }

    @Override
    public double step(Minibatch batch, long seed) {
        threads.apply();
        int size = batch.size();
        Plan plan = training.of(size);
        float[] values = buffer(size);
        plan.forward(batch.features(), 0, seed, values);
        double sum = weights.areEqual()
                ? loss.lossAndGradient(values, batch.labels(), size)
                : loss.lossAndGradient(values, batch.labels(), weights.in(batch.labels(), size), size);
        plan.backward(values);
        update.apply(size);
        return sum / size;
    }

    @Override
    public void predict(float[] features, int size, float[] probabilities) {
        threads.apply();
        float[] values = buffer(Math.min(size, LARGEST_PREDICTION));
        for (int from = 0; from < size; from += LARGEST_PREDICTION) {
            int batch = Math.min(LARGEST_PREDICTION, size - from);
            prediction.of(batch).forward(features, from, 0, values);
            System.arraycopy(values, 0, probabilities, from * loss.classes(), batch * loss.classes());
        }
        loss.softmax(probabilities, size);
    }

    /** What oneDNN chose for each primitive of a training step. */
    List<String> implementations(int batch) {
        return training.of(batch).implementations();
    }

    private float[] buffer(int size) {
        if (logits.length < size * loss.classes()) {
            logits = new float[size * loss.classes()];
        }
        return logits;
    }

    private static float[] classWeights(LossMCXENT loss) {
        INDArray weights = loss.getWeights();
        return weights == null ? null : weights.toFloatVector();
    }

    @Override
    public void scaleLearningRates(double factor) {
        update.scaleLearningRates(factor);
    }

    @Override
    public NetworkState read() {
        return NetworkState.of(network);
    }

    @Override
    public void write(NetworkState state) {
        state.applyTo(network);
    }

    @Override
    public <T> T lend(Function<List<ByteBuffer>, T> borrower) {
        return new HostState(network).lend(borrower);
    }

    @Override
    public void publish() {
        // The network's arrays are the replica's.
    }

    @Override
    public void refresh() {
        // The network's arrays are the replica's.
    }

    @Override
    public BackendReport backend() {
        return backend;
    }

    @Override
    public void close() {
        training.close();
        prediction.close();
    }
}
