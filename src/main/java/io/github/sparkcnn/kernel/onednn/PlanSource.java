package io.github.sparkcnn.kernel.onednn;

import io.github.sparkcnn.config.DeviceConfig.Precision;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.kernel.step.Shortcut;
import io.github.sparkcnn.kernel.step.Step;
import java.util.List;
import java.util.Set;
import org.bytedeco.dnnl.memory;

/**
 * What the plans of a network are made of, whatever their batch size.
 *
 * @param slices of the network's flat arrays
 * @param shape of the images
 */
record PlanSource(
        List<Step> steps, Set<Shortcut> shortcuts, BoundSlices slices, ImageShape shape, Precision precision) {

    /** Of which numbers products are computed. */
    memory.data_type products() {
        return switch (precision) {
            case FLOAT32 -> memory.data_type.f32;
            case BF16 -> memory.data_type.bf16;
            case TF32 -> throw new IllegalArgumentException("a processor has no products in " + precision.word());
        };
    }
}
