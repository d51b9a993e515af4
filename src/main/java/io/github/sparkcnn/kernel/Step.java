package io.github.sparkcnn.kernel;

import io.github.sparkcnn.kernel.onednn.FlatSlice;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.layers.Layer;

/**
 * One elementary operation of a network, between numbered values.
 *
 * @param layer the configuration that it comes from; null for a vertex
 * @param retain probability, for a dropout
 * @param parameters by DL4J's names
 * @param from the values it reads
 * @param to the value it makes
 */
record Step(Kind kind, Layer layer, double retain, Map<String, FlatSlice> parameters, List<Integer> from, int to) {

    enum Kind {
        CONVOLUTION,
        DENSE,
        MAX_POOL,
        AVERAGE_POOL,
        GLOBAL_AVERAGE,
        NORMALIZATION,
        RELU,
        DROPOUT,
        ADDITION
    }

    boolean is(Kind other) {
        return kind == other;
    }

    Step between(int newFrom, int newTo) {
        return new Step(kind, layer, retain, parameters, List.of(newFrom), newTo);
    }
}
