package io.github.sparkcnn.kernel.torch.update;

import io.github.sparkcnn.kernel.torch.update.Moments.Block;
import io.github.sparkcnn.kernel.update.UpdateRule;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkNode;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.deeplearning4j.nn.updater.UpdaterBlock.ParamState;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.schedule.FixedSchedule;

/**
 * How a network's layers are updated, if it is by what there is a rule for.
 *
 * @param blocks without what stays as it is
 * @param decay factors of the squared weights' gradient, {@code [parameters]}
 */
@SuppressWarnings("ArrayRecordComponent") // one number a parameter, compared by nobody
record Blocks(List<Block> blocks, float[] decay) {

    /** @throws NoRule where only Deeplearning4j knows how */
    static Blocks of(Network network, UpdateRule reading) throws NoRule {
        for (NetworkNode node : network.nodes()) {
            requirePlain(node.layer());
        }
        List<Block> blocks = new ArrayList<>();
        float[] decay = new float[Math.toIntExact(network.parameters().length())];
        for (UpdaterBlock block : network.updater().getUpdaterBlocks()) {
            IUpdater optimizer = block.getGradientUpdater().getConfig();
            for (ParamState parameter : block.getLayersAndVariablesInBlock()) {
                noteDecay(parameter, decay);
            }
            if (optimizer.getClass() == NoOp.class) {
                continue;
            }
            blocks.add(new Block(
                    Rule.of(optimizer, reading)
                            .orElseThrow(() -> new NoRule(optimizer.getClass().getSimpleName() + " has no rule here")),
                    block.getParamOffsetStart(),
                    block.getParamOffsetEnd(),
                    block.getUpdaterViewOffsetStart()));
        }
        return new Blocks(blocks, decay);
    }

    /** A layer, which a vertex has none of, is updated by its mean gradient and left alone after that. */
    private static void requirePlain(Layer layer) throws NoRule {
        if (layer != null && !layer.conf().isMiniBatch()) {
            throw new NoRule("a layer takes the sum of a minibatch's gradients");
        }
        if (layer != null && layer.conf().getLayer().getConstraints() != null) {
            throw new NoRule("a layer's parameters are constrained");
        }
    }

    /** Notes the parameter's decay, if nothing else than a constant one is done with it. */
    private static void noteDecay(ParamState parameter, float[] decay) throws NoRule {
        GradientNormalization normalization = parameter.getLayer().getConfig().getGradientNormalization();
        List<Regularization> regularizations =
                parameter.getLayer().getConfig().getRegularizationByParam(parameter.getParamName());
        if (normalization != null && normalization != GradientNormalization.None) {
            throw new NoRule("a layer's gradient is normalized");
        }
        for (Regularization regularization : regularizations == null ? List.<Regularization>of() : regularizations) {
            if (regularization.getClass() != L2Regularization.class
                    || !(((L2Regularization) regularization).getL2() instanceof FixedSchedule l2)) {
                throw new NoRule(regularization.getClass().getSimpleName() + " is not of one constant factor");
            }
            for (int i = parameter.getParamOffsetStart(); i < parameter.getParamOffsetEnd(); i++) {
                decay[i] += (float) l2.getValue();
            }
        }
    }
}
