package io.github.sparkcnn.kernel.torch.update;

import io.github.sparkcnn.kernel.torch.update.Moments.Block;
import io.github.sparkcnn.kernel.update.UpdateRule;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    /** Empty where only Deeplearning4j knows how. */
    static Optional<Blocks> of(Network network, UpdateRule reading) {
        if (!network.nodes().stream().map(NetworkNode::layer).allMatch(Blocks::isPlain)) {
            return Optional.empty();
        }
        List<Block> blocks = new ArrayList<>();
        float[] decay = new float[Math.toIntExact(network.parameters().length())];
        for (UpdaterBlock block : network.updater().getUpdaterBlocks()) {
            IUpdater optimizer = block.getGradientUpdater().getConfig();
            if (!block.getLayersAndVariablesInBlock().stream().allMatch(parameter -> decays(parameter, decay))) {
                return Optional.empty();
            }
            if (optimizer.getClass() == NoOp.class) {
                continue;
            }
            Optional<Rule> rule = Rule.of(optimizer, reading);
            if (rule.isEmpty()) {
                return Optional.empty();
            }
            blocks.add(new Block(
                    rule.get(),
                    block.getParamOffsetStart(),
                    block.getParamOffsetEnd(),
                    block.getUpdaterViewOffsetStart()));
        }
        return Optional.of(new Blocks(blocks, decay));
    }

    /** Whether a layer, which a vertex has none of, is updated by its mean gradient and left alone after that. */
    private static boolean isPlain(Layer layer) {
        return layer == null
                || (layer.conf().isMiniBatch() && layer.conf().getLayer().getConstraints() == null);
    }

    /** Notes the parameter's decay; false where something else than a constant one is done with it. */
    private static boolean decays(ParamState parameter, float[] decay) {
        GradientNormalization normalization = parameter.getLayer().getConfig().getGradientNormalization();
        List<Regularization> regularizations =
                parameter.getLayer().getConfig().getRegularizationByParam(parameter.getParamName());
        if (normalization != null && normalization != GradientNormalization.None) {
            return false;
        }
        for (Regularization regularization : regularizations == null ? List.<Regularization>of() : regularizations) {
            if (regularization.getClass() != L2Regularization.class
                    || !(((L2Regularization) regularization).getL2() instanceof FixedSchedule l2)) {
                return false;
            }
            for (int i = parameter.getParamOffsetStart(); i < parameter.getParamOffsetEnd(); i++) {
                decay[i] += (float) l2.getValue();
            }
        }
        return true;
    }
}
