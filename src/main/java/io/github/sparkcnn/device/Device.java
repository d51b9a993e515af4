package io.github.sparkcnn.device;

/**
 * A GPU, or a slice of one that is cut by MIG, as the driver lists it, before {@code CUDA_VISIBLE_DEVICES} hides any.
 *
 * @param index on this machine, in the order of the PCI bus; a slice has its GPU's
 * @param uuid {@code GPU-…}, of a slice {@code MIG-…}
 */
public record Device(int index, String uuid, String name, ComputeCapability capability, DriverVersion driver) {

    private static final int FIELDS = 5;
    private static final String SLICE = "MIG-";

    /** Reads {@code 0, GPU-…, NVIDIA L4, 8.9, 580.95.05}; throws IllegalArgumentException on anything else. */
    public static Device parse(String line) {
        String[] fields = line.split(",", -1);
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException("'" + line + "' has not " + FIELDS + " fields");
        }
        return new Device(
                Integer.parseInt(fields[0].strip()),
                fields[1].strip(),
                fields[2].strip(),
                ComputeCapability.parse(fields[3]),
                DriverVersion.parse(fields[4]));
    }

    /**
     * A slice of it.
     *
     * @param profile such as {@code 3g.20gb}
     */
    Device slice(String profile, String sliceUuid) {
        return new Device(index, sliceUuid, name + " MIG " + profile, capability, driver);
    }

    /** Whether it is one of the slices that MIG has cut a GPU into. */
    public boolean isSlice() {
        return uuid.startsWith(SLICE);
    }

    /** What {@link #parse} reads. */
    public String line() {
        return index + ", " + uuid + ", " + name + ", " + capability + ", " + driver;
    }

    @Override
    public String toString() {
        return (isSlice() ? uuid + " of " : "") + "GPU " + index + " (" + name + ", compute capability " + capability
                + ", driver " + driver + ")";
    }
}
