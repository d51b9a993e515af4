package io.github.sparkcnn.kernel.onednn;

import io.github.sparkcnn.kernel.onednn.primitive.FlatSlice;
import io.github.sparkcnn.kernel.step.Slice;
import io.github.sparkcnn.kernel.step.Step;
import io.github.sparkcnn.network.Network;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;

/** The slices of a network's flat arrays, bound to their memory, which the plans of all batch sizes share. */
final class BoundSlices {

    private final Map<Slice, FlatSlice> bound = new HashMap<>();

    BoundSlices(Network network, List<Step> steps) {
        FloatPointer parameters = new FloatPointer(network.parameters().data().addressPointer());
        FloatPointer gradient = new FloatPointer(network.gradient().data().addressPointer());
        for (Step step : steps) {
            for (Slice slice : step.slices()) {
                FloatPointer values = parameters.getPointer(slice.offset());
                bound.put(
                        slice,
                        new FlatSlice(
                                values,
                                slice.trainable() ? gradient.getPointer(slice.offset()) : null,
                                slice.length()));
            }
        }
    }

    FlatSlice of(Slice slice) {
        return bound.get(slice);
    }
}
