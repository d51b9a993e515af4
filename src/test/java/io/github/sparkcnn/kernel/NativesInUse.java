package io.github.sparkcnn.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.nd4j.linalg.factory.Nd4j;

/** A JVM of its own for {@link NativesIT}: wakes, computes, prints the report and where libnd4jcpu.so was mapped from. */
final class NativesInUse {

    private NativesInUse() {}

    public static void main(String[] args) throws IOException {
        System.out.println("report " + Kernels.wake());
        System.out.println("sum " + Nd4j.ones(8).sumNumber().intValue());
        try (var maps = Files.lines(Path.of("/proc/self/maps"))) {
            maps.filter(line -> line.contains("libnd4jcpu.so"))
                    .findFirst()
                    .ifPresent(line -> System.out.println("library " + line));
        }
        System.exit(0);
    }
}
