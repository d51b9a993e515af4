package io.github.sparkcnn.device;

import java.util.List;

/** An NVIDIA GPU's generation, such as 8.6; machine code for one runs on the later ones of the same major number. */
public record ComputeCapability(int major, int minor) {

    /** What nd4j-cuda-11.6 1.0.0-M2.1 holds machine code for; it holds no PTX that a driver could compile for others. */
    static final List<ComputeCapability> BUILT =
            List.of("3.7", "5.0", "5.2", "6.0", "6.1", "7.0", "7.5", "8.0", "8.6").stream()
                    .map(ComputeCapability::parse)
                    .toList();

    /** Reads {@code 8.6}; throws IllegalArgumentException on anything else. */
    public static ComputeCapability parse(String text) {
        String[] parts = text.strip().split("\\.", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("'" + text + "' is not a compute capability such as 8.6");
        }
        return new ComputeCapability(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    /** Whether the CUDA build has machine code that runs on it. */
    public boolean runsTheBuild() {
        return BUILT.stream().anyMatch(built -> built.major == major && built.minor <= minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
