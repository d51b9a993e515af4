package io.github.sparkcnn.kernel.step.reader;

import io.github.sparkcnn.kernel.step.UnsupportedNetwork;
import org.deeplearning4j.nn.conf.layers.Layer;

/**
 * Reads one kind of layer.
 *
 * @param <L> the kind, exactly
 */
@FunctionalInterface
interface LayerReader<L extends Layer> {

    /**
     * Adds the layer's steps.
     *
     * @param from the value that the layer computes with: its input, or what a dropout leaves of it
     * @return the value that it makes
     * @throws UnsupportedNetwork for a field that means something else than the steps do
     */
    int read(L layer, LayerSite site, int from) throws UnsupportedNetwork;
}
