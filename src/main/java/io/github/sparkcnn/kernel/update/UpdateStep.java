package io.github.sparkcnn.kernel.update;

import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkNode;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.AdamUpdater;
import org.nd4j.linalg.learning.NesterovsUpdater;
import org.nd4j.linalg.learning.config.Adam;

/**
 * From the summed gradient in the flat view to new parameters: clipped, then by DL4J's own updater, whose weight decay and layout
 * of the state stay.
 */
public final class UpdateStep {
    private final Network network;
    private final UpdateRule rule;
    private final ClippedGradient clipped;
    private final INDArray parameters;
    private final INDArray flatGradient;
    private final Gradient gradient;

    private final List<Layer> constrained = new ArrayList<>();
    private final LearningRates rates;
    private Optional<FusedUpdate> fused;

    /** @param fuse whether the optimizer's step may be made in one pass over the flat arrays */
    public UpdateStep(Network network, UpdateRule rule, GradientClipping clipping, boolean fuse) {
        this.network = network;
        this.rule = rule;
        rates = new LearningRates(network);
        fused = fuse ? FusedUpdate.of(network, rule) : Optional.empty();
        clipped = new ClippedGradient(network, clipping);
        parameters = network.parameters().reshape(network.gradient().shape());
        flatGradient = network.gradient();
        gradient = new DefaultGradient(flatGradient);
        for (NetworkNode node : network.nodes()) {
            Layer layer = node.layer();
            if (layer != null && layer.conf().getLayer().getConstraints() != null) {
                constrained.add(layer);
            }
            if (layer == null || layer.numParams() == 0 || layer.getGradientsViewArray() == null) {
                continue;
            }
            Map<String, INDArray> views = layer.conf()
                    .getLayer()
                    .initializer()
                    .getGradientsFromFlattened(layer.conf(), layer.getGradientsViewArray());
            views.forEach((name, view) -> gradient.setGradientFor(node.key() + "_" + name, view));
        }
    }

    /** Sets the learning rates of the steps to come: those that the network had, times the factor. */
    public void scaleLearningRates(double factor) {
        rates.scale(factor);
    }

    /** Makes one step of the gradient that is summed over so many images. */
    public void apply(int batchSize) {
        clipped.apply(batchSize);
        int iteration = network.iteration();
        int epoch = network.epoch();
        BaseMultiLayerUpdater<?> updater = network.updater();
        if (fused.isPresent() && !fused.get().fits(updater)) {
            fused = FusedUpdate.of(network, rule);
        }
        if (fused.isPresent()) {
            fused.get().apply(iteration, epoch, batchSize);
        } else {
            updateByDl4j(updater, iteration, epoch, batchSize);
        }
        for (Layer layer : constrained) {
            layer.applyConstraints(iteration, epoch);
        }
        network.countIteration();
    }

    private void updateByDl4j(BaseMultiLayerUpdater<?> updater, int iteration, int epoch, int batchSize) {
        if (rule == UpdateRule.PYTORCH) {
            updateAsPyTorch(updater, iteration, epoch, batchSize);
        } else {
            updater.update(gradient, iteration, epoch, batchSize, LayerWorkspaceMgr.noWorkspaces());
        }
        parameters.subi(flatGradient);
    }

    private void updateAsPyTorch(BaseMultiLayerUpdater<?> updater, int iteration, int epoch, int batchSize) {
        IdentityHashMap<Adam, Double> configured = new IdentityHashMap<>();
        for (UpdaterBlock block : updater.getUpdaterBlocks()) {
            // Exactly DL4J's updaters: one that derives from them brings a reading of its own.
            if (block.getGradientUpdater().getClass() == AdamUpdater.class) {
                Adam adam = (Adam) block.getGradientUpdater().getConfig();
                configured.putIfAbsent(adam, adam.getEpsilon());
            }
        }
        // DL4J reads ε from the configuration at every update; it gets back what belongs there.
        configured.forEach((adam, epsilon) ->
                adam.setEpsilon(epsilon * Math.sqrt(1 - Math.pow(adam.getBeta2(), iteration + 1))));
        try {
            updater.update(gradient, iteration, epoch, batchSize, LayerWorkspaceMgr.noWorkspaces());
        } finally {
            configured.forEach(Adam::setEpsilon);
        }
        updater.getUpdaterBlocks().forEach(this::moveByVelocity);
    }

    private void moveByVelocity(UpdaterBlock block) {
        if (block.getGradientUpdater().getClass() == NesterovsUpdater.class) {
            INDArray step = flatGradient
                    .reshape(flatGradient.length())
                    .get(NDArrayIndex.interval(block.getParamOffsetStart(), block.getParamOffsetEnd()));
            step.assign(block.getUpdaterView().reshape(step.length()));
            step.negi();
        }
    }
}
