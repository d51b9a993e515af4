package io.github.sparkcnn.device;

/** An NVIDIA GPU's generation, such as 8.6. */
public record ComputeCapability(int major, int minor) {

    /** Reads {@code 8.6}; throws IllegalArgumentException on anything else. */
    public static ComputeCapability parse(String text) {
        String[] parts = text.strip().split("\\.", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("'" + text + "' is not a compute capability such as 8.6");
        }
        return new ComputeCapability(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    /** Whether machine code for that generation runs on this one: one of the same major number, and not of a later minor one. */
    public boolean runs(ComputeCapability code) {
        return code.major == major && code.minor <= minor;
    }

    /** Whether its tensor cores have products of TF32 and bfloat16. */
    public boolean hasCoarseProducts() {
        return major >= 8;
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
