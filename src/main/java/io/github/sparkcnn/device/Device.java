package io.github.sparkcnn.device;

/**
 * A GPU as the driver lists it, before {@code CUDA_VISIBLE_DEVICES} hides any.
 *
 * @param index on this machine, in the order of the PCI bus
 * @param uuid {@code GPU-…}
 */
public record Device(int index, String uuid, String name, ComputeCapability capability, DriverVersion driver) {

    private static final int FIELDS = 5;

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

    /** What {@link #parse} reads. */
    public String line() {
        return index + ", " + uuid + ", " + name + ", " + capability + ", " + driver;
    }

    @Override
    public String toString() {
        return "GPU " + index + " (" + name + ", compute capability " + capability + ", driver " + driver + ")";
    }
}
