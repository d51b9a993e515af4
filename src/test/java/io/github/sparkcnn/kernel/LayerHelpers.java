package io.github.sparkcnn.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.network.Network;
import java.lang.reflect.Field;
import java.util.List;
import java.util.function.Supplier;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.layers.LayerHelper;
import org.deeplearning4j.nn.layers.wrapper.BaseWrapperLayer;
import org.nd4j.linalg.factory.Nd4j;

/** What DL4J's layers keep to themselves of their helpers. */
public final class LayerHelpers {

    private LayerHelpers() {}

    /** How often the helper threw and the layer went on without it, for good. */
    static int failures(Layer layer) {
        try {
            return field(layer, "helperCountFail").getInt(layer);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    /** Gives the layer this helper; null: none. */
    static void replace(Layer layer, LayerHelper helper) {
        try {
            field(layer, "helper").set(layer, helper);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    /** What the work gives on the network's layers alone, without DL4J's helpers or libnd4j's own. */
    public static <T> T without(Model network, Supplier<T> work) {
        List<Layer> helped = Network.of(network).layers().stream()
                .map(layer -> layer instanceof BaseWrapperLayer wrapper ? wrapper.getUnderlying() : layer)
                .filter(layer -> layer.getHelper() != null)
                .toList();
        assertThat(helped).isNotEmpty();
        helped.forEach(layer -> replace(layer, null));
        Nd4j.getEnvironment().allowHelpers(false);
        try {
            return work.get();
        } finally {
            Nd4j.getEnvironment().allowHelpers(true);
        }
    }

    private static Field field(Layer layer, String name) throws NoSuchFieldException {
        Field field = layer.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
