package io.github.sparkcnn.kernel;

import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The flat gradient, cut by DL4J itself. */
public final class LayerGradients {

    private LayerGradients() {}

    /** The gradient of each of the layer's parameters, by name, in place; none of a frozen layer. */
    public static Map<String, INDArray> of(Layer layer) {
        return layer.numParams() == 0 || layer.getGradientsViewArray() == null
                ? Map.of()
                : layer.conf()
                        .getLayer()
                        .initializer()
                        .getGradientsFromFlattened(layer.conf(), layer.getGradientsViewArray());
    }
}
