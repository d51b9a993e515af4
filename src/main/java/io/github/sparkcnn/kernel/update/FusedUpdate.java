package io.github.sparkcnn.kernel.update;

import io.github.sparkcnn.network.Network;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.updater.BaseMultiLayerUpdater;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * DL4J's update in one pass instead of five, on the same flat parameters and state. The views are visited in pieces that fit
 * the first-level cache, because Java's vector code wants arrays.
 */
final class FusedUpdate {
    private static final int PIECE = 2048;

    /** Exactly these: what derives from one of them may make other steps. */
    private static final Set<Class<? extends IUpdater>> KNOWN = Set.of(Adam.class, Nesterovs.class, NoOp.class);

    /** A run of parameters with one updater. */
    private record Block(IUpdater updater, boolean mean, int start, int end, int stateStart) {}

    private final INDArray state;
    private final List<Block> blocks;
    private final FloatBuffer parameters;
    private final FloatBuffer gradient;
    private final FloatBuffer states;
    private final boolean divide;
    private final UpdateRule rule;
    private final float[] p = new float[PIECE];
    private final float[] g = new float[PIECE];
    private final float[] m = new float[PIECE];
    private final float[] v = new float[PIECE];

    private FusedUpdate(Network network, UpdateRule rule, List<Block> blocks) {
        this.rule = rule;
        this.blocks = blocks;
        state = network.updaterState().orElse(null);
        parameters = buffer(network.parameters());
        gradient = buffer(network.gradient());
        states = state == null ? FloatBuffer.allocate(0) : buffer(state);
        divide = network.nodes().stream()
                .filter(node -> node.layer() != null)
                .allMatch(node -> node.layer().conf().isMiniBatch());
    }

    /** Empty if the network asks for something that only DL4J's updater does: clipping, weight decay, another optimizer. */
    static Optional<FusedUpdate> of(Network network, UpdateRule rule) {
        List<Block> blocks = new ArrayList<>();
        for (UpdaterBlock block : network.updater().getUpdaterBlocks()) {
            IUpdater updater = block.getGradientUpdater().getConfig();
            if (!KNOWN.contains(updater.getClass())) {
                return Optional.empty();
            }
            boolean mean = true;
            for (UpdaterBlock.ParamState parameter : block.getLayersAndVariablesInBlock()) {
                if (!plain(parameter)) {
                    return Optional.empty();
                }
                mean &= parameter.getLayer().updaterDivideByMinibatch(parameter.getParamName());
            }
            blocks.add(new Block(
                    updater,
                    mean,
                    block.getParamOffsetStart(),
                    block.getParamOffsetEnd(),
                    block.getUpdaterViewOffsetStart()));
        }
        return Optional.of(new FusedUpdate(network, rule, blocks));
    }

    private static boolean plain(UpdaterBlock.ParamState parameter) {
        Trainable layer = parameter.getLayer();
        List<?> regularization = layer.getConfig().getRegularizationByParam(parameter.getParamName());
        GradientNormalization clipping = layer.getConfig().getGradientNormalization();
        return (regularization == null || regularization.isEmpty())
                && (clipping == null || clipping == GradientNormalization.None);
    }

    /** Whether the updater still keeps its state where this update writes it. */
    boolean fits(BaseMultiLayerUpdater<?> updater) {
        return updater.getStateViewArray() == state;
    }

    void apply(int iteration, int epoch, int batchSize) {
        for (Block block : blocks) {
            float scale = block.mean && divide ? 1f / batchSize : 1;
            if (block.updater instanceof Adam adam) {
                adam(block, adam, iteration, epoch, scale);
            } else if (block.updater instanceof Nesterovs nesterovs) {
                momentum(block, nesterovs, iteration, epoch, scale);
            } else {
                subtract(block, scale);
            }
        }
    }

    private void adam(Block block, Adam adam, int iteration, int epoch, float scale) {
        double correction = Math.sqrt(1 - Math.pow(adam.getBeta2(), iteration + 1));
        double rate =
                adam.getLearningRate(iteration, epoch) * correction / (1 - Math.pow(adam.getBeta1(), iteration + 1));
        float epsilon = (float) (adam.getEpsilon() * (rule == UpdateRule.PYTORCH ? correction : 1));
        int size = block.end - block.start;
        for (int at = 0; at < size; at += PIECE) {
            int length = Math.min(PIECE, size - at);
            parameters.get(block.start + at, p, 0, length);
            gradient.get(block.start + at, g, 0, length);
            states.get(block.stateStart + at, m, 0, length);
            states.get(block.stateStart + size + at, v, 0, length);
            adam(p, g, m, v, length, adam, scale, (float) rate, epsilon);
            parameters.put(block.start + at, p, 0, length);
            states.put(block.stateStart + at, m, 0, length);
            states.put(block.stateStart + size + at, v, 0, length);
        }
    }

    private static void adam(
            float[] p, float[] g, float[] m, float[] v, int length, Adam adam, float scale, float rate, float epsilon) {
        float beta1 = (float) adam.getBeta1();
        float beta2 = (float) adam.getBeta2();
        // 1 - 0.999f is off by 5e-5 of itself.
        float rest1 = (float) (1 - adam.getBeta1());
        float rest2 = (float) (1 - adam.getBeta2());
        for (int i = 0; i < length; i++) {
            float scaled = g[i] * scale;
            float first = beta1 * m[i] + rest1 * scaled;
            float second = beta2 * v[i] + rest2 * scaled * scaled;
            m[i] = first;
            v[i] = second;
            p[i] -= rate * first / ((float) Math.sqrt(second) + epsilon);
        }
    }

    private void momentum(Block block, Nesterovs nesterovs, int iteration, int epoch, float scale) {
        float rate = (float) nesterovs.getLearningRate(iteration, epoch) * scale;
        float mu = (float) nesterovs.currentMomentum(iteration, epoch);
        int size = block.end - block.start;
        for (int at = 0; at < size; at += PIECE) {
            int length = Math.min(PIECE, size - at);
            parameters.get(block.start + at, p, 0, length);
            gradient.get(block.start + at, g, 0, length);
            states.get(block.stateStart + at, v, 0, length);
            if (rule == UpdateRule.PYTORCH) {
                heavyBall(length, rate, mu);
            } else {
                nesterov(length, rate, mu);
            }
            parameters.put(block.start + at, p, 0, length);
            states.put(block.stateStart + at, v, 0, length);
        }
    }

    private void heavyBall(int length, float rate, float mu) {
        for (int i = 0; i < length; i++) {
            v[i] = mu * v[i] - rate * g[i];
            p[i] += v[i];
        }
    }

    private void nesterov(int length, float rate, float mu) {
        for (int i = 0; i < length; i++) {
            float step = rate * g[i];
            v[i] = mu * v[i] - step;
            p[i] += mu * v[i] - step;
        }
    }

    private void subtract(Block block, float scale) {
        for (int at = block.start; at < block.end; at += PIECE) {
            int length = Math.min(PIECE, block.end - at);
            parameters.get(at, p, 0, length);
            gradient.get(at, g, 0, length);
            for (int i = 0; i < length; i++) {
                p[i] -= scale * g[i];
            }
            parameters.put(at, p, 0, length);
        }
    }

    private static FloatBuffer buffer(INDArray flat) {
        return new FloatPointer(flat.data().addressPointer())
                .capacity(flat.length())
                .asBuffer();
    }
}
