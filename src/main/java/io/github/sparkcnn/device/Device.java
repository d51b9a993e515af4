package io.github.sparkcnn.device;

/**
 * A GPU as the driver lists it, before {@code CUDA_VISIBLE_DEVICES} hides any.
 *
 * @param index on this machine, in the order of the PCI bus
 * @param uuid {@code GPU-…}
 */
public record Device(int index, String uuid, String name, ComputeCapability capability) {

    @Override
    public String toString() {
        return "GPU " + index + " (" + name + ", compute capability " + capability + ")";
    }
}
