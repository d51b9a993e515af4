package io.github.sparkcnn.kernel.update;

import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkNode;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.api.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Clips the summed gradient in the flat view as if it were the mean. Left out are the running statistics of batch
 * normalisation, which DL4J keeps among the parameters and no gradient moves.
 */
final class ClippedGradient {

    /** PyTorch's, so that a gradient of 0 divides. */
    private static final double EPSILON = 1e-6;

    private static final int PIECE = 2048;

    /** Positions {@code start … end − 1} of the flat gradient. */
    private record Range(int start, int end) {}

    private final GradientClipping clipping;
    private final FloatBuffer gradient;
    private final List<Range> ranges;
    private final float[] piece = new float[PIECE];

    ClippedGradient(Network network, GradientClipping clipping) {
        this.clipping = clipping;
        this.gradient = new FloatPointer(network.gradient().data().addressPointer())
                .capacity(network.gradient().length())
                .asBuffer();
        this.ranges = trained(network);
    }

    private static List<Range> trained(Network network) {
        List<Range> ranges = new ArrayList<>();
        Map<String, Map<String, Long>> offsets = network.offsets();
        for (NetworkNode node : network.nodes()) {
            Layer layer = node.layer();
            if (layer == null) {
                continue;
            }
            for (Map.Entry<String, INDArray> parameter : layer.paramTable(false).entrySet()) {
                int start = Math.toIntExact(offsets.get(node.key()).get(parameter.getKey()));
                if (layer.updaterDivideByMinibatch(parameter.getKey())) {
                    ranges.add(new Range(
                            start, start + Math.toIntExact(parameter.getValue().length())));
                }
            }
        }
        return ranges;
    }

    void apply(int batchSize) {
        switch (clipping.kind()) {
            case NONE -> {}
            case NORM -> {
                double factor = clipping.limit() / (Math.sqrt(sumOfSquares()) / batchSize + EPSILON);
                if (factor < 1) {
                    change((values, length) -> scale(values, length, (float) factor));
                }
            }
            case VALUE -> {
                float limit = (float) (clipping.limit() * batchSize);
                change((values, length) -> clamp(values, length, limit));
            }
        }
    }

    private double sumOfSquares() {
        double sum = 0;
        for (Range range : ranges) {
            for (int at = range.start; at < range.end; at += PIECE) {
                int length = Math.min(PIECE, range.end - at);
                gradient.get(at, piece, 0, length);
                for (int i = 0; i < length; i++) {
                    sum += (double) piece[i] * piece[i];
                }
            }
        }
        return sum;
    }

    private void change(Change change) {
        for (Range range : ranges) {
            for (int at = range.start; at < range.end; at += PIECE) {
                int length = Math.min(PIECE, range.end - at);
                gradient.get(at, piece, 0, length);
                change.apply(piece, length);
                gradient.put(at, piece, 0, length);
            }
        }
    }

    private static void scale(float[] values, int length, float factor) {
        for (int i = 0; i < length; i++) {
            values[i] *= factor;
        }
    }

    private static void clamp(float[] values, int length, float limit) {
        for (int i = 0; i < length; i++) {
            values[i] = Math.max(-limit, Math.min(limit, values[i]));
        }
    }

    @FunctionalInterface
    private interface Change {
        void apply(float[] values, int length);
    }
}
