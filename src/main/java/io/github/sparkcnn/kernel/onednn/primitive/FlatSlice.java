package io.github.sparkcnn.kernel.onednn.primitive;

import org.bytedeco.javacpp.FloatPointer;

/**
 * Where one parameter of a layer lies in the network's flat views.
 *
 * @param values in the flat parameters
 * @param gradient in the flat gradient; null for a frozen layer
 * @param length in floats
 */
public record FlatSlice(FloatPointer values, FloatPointer gradient, long length) {

    public boolean trainable() {
        return gradient != null;
    }
}
