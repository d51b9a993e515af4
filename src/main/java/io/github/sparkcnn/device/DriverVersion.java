package io.github.sparkcnn.device;

import java.util.Comparator;

/** A version of NVIDIA's driver, such as 580.95; what comes behind those two numbers is left out. */
public record DriverVersion(int major, int minor) implements Comparable<DriverVersion> {

    private static final Comparator<DriverVersion> ORDER =
            Comparator.comparingInt(DriverVersion::major).thenComparingInt(DriverVersion::minor);

    /** Reads {@code 580.95.05}; throws IllegalArgumentException on what does not begin with two numbers. */
    public static DriverVersion parse(String text) {
        String[] parts = text.strip().split("\\.", -1);
        if (parts.length < 2) {
            throw new IllegalArgumentException("'" + text + "' is not a driver's version such as 580.95.05");
        }
        return new DriverVersion(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    @Override
    public int compareTo(DriverVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + (minor < 10 ? ".0" : ".") + minor;
    }
}
