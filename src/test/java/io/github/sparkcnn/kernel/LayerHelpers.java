package io.github.sparkcnn.kernel;

import java.lang.reflect.Field;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.layers.LayerHelper;

/** What DL4J's layers keep to themselves of their helpers. */
final class LayerHelpers {

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

    private static Field field(Layer layer, String name) throws NoSuchFieldException {
        Field field = layer.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
