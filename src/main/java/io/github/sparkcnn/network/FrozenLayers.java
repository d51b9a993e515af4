package io.github.sparkcnn.network;

import java.util.List;

/**
 * Layers of a trained network that keep their parameters, told by number or by name.
 *
 * @param first how many, counted from the input; layers without parameters do not count
 */
public record FrozenLayers(int first, List<String> names) {

    /** Every layer is trained. */
    public static final FrozenLayers NONE = new FrozenLayers(0, List.of());

    public FrozenLayers {
        names = List.copyOf(names);
        if (first < 0) {
            throw new IllegalArgumentException("first is " + first + ", not a number of layers");
        }
        if (first > 0 && !names.isEmpty()) {
            throw new IllegalArgumentException("frozen layers told by number and by name");
        }
    }

    /** Freezes the first layers that have parameters. */
    public static FrozenLayers first(int layers) {
        return new FrozenLayers(layers, List.of());
    }

    /** Freezes the layers of these names. */
    public static FrozenLayers named(List<String> names) {
        return new FrozenLayers(0, names);
    }
}
