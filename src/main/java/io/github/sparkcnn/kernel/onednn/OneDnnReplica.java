package io.github.sparkcnn.kernel.onednn;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.kernel.BackendReport;
import io.github.sparkcnn.kernel.ClassWeights;
import io.github.sparkcnn.kernel.InPlaceReplica;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.Threads;
import io.github.sparkcnn.kernel.onednn.primitive.Plan;
import io.github.sparkcnn.kernel.step.Shortcut;
import io.github.sparkcnn.kernel.step.Step;
import io.github.sparkcnn.kernel.step.StepProgram;
import io.github.sparkcnn.kernel.update.UpdateStep;
import io.github.sparkcnn.network.Network;
import java.util.List;
import java.util.Set;

/**
 * A replica whose forward and backward passes are oneDNN primitives over blocked layouts, called directly. The flat parameters
 * stay the truth: they are read at every step and may be overwritten in between.
 */
final class OneDnnReplica implements InPlaceReplica {

    private final BackendReport backend;
    private final Network network;
    private final Threads threads;
    private final UpdateStep update;
    private final PlanCache training;
    private final PlanCache prediction;
    private final OutputLoss loss;
    private final ClassWeights weights;
    private float[] logits = {};

    OneDnnReplica(
            Network network,
            StepProgram program,
            ImageShape shape,
            KernelOptions options,
            BackendReport backend,
            Set<Shortcut> shortcuts) {
        this.backend = backend.multiplyingIn(options.precision());
        this.network = network;
        // Frozen layers write no gradient, and the updater reads the whole view.
        network.gradient().assign(0);
        StepProgram ordered =
                shortcuts.contains(Shortcut.RELU_AFTER_POOLING) ? program.activationAfterPooling() : program;
        List<Step> steps = ordered.steps();
        PlanSource source =
                new PlanSource(steps, shortcuts, new BoundSlices(network, steps), shape, options.precision());
        threads = new Threads(options.threads());
        update = new UpdateStep(network, options.rule(), options.clipping(), shortcuts.contains(Shortcut.FUSED_UPDATE));
        training = new PlanCache(batch -> PlanCompiler.compile(source, batch, true));
        prediction = new PlanCache(batch -> PlanCompiler.compile(source, batch, false));
        weights = options.weights();
        threads.apply();
        if (options.training()) {
            // What has no backward pass is refused here and not at the first step; a shape that has none has none in
            // any minibatch.
            PlanCompiler.compile(source, 1, true).close();
        }
        loss = OutputLoss.of(ordered.head(), prediction.of(1).classes());
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
        float[] values = buffer(Math.min(size, PREDICTION_BATCH));
        for (int from = 0; from < size; from += PREDICTION_BATCH) {
            int batch = Math.min(PREDICTION_BATCH, size - from);
            prediction.of(batch).forward(features, from, 0, values);
            System.arraycopy(values, 0, probabilities, from * loss.classes(), batch * loss.classes());
        }
        loss.probabilities(probabilities, size);
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
        training.close();
        prediction.close();
    }
}
