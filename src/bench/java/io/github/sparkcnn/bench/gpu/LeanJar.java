package io.github.sparkcnn.bench.gpu;

import java.io.File;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** Copies a job jar without what gpu-check has no use for: ND4J's build for AVX-512, for its arrays are all that is used, and other libraries. */
final class LeanJar {
    private static final List<String> LEFT_OUT = List.of(
            "ai/onnxruntime/native/",
            "com/sun/jna/",
            "org/nd4j/linalg/cpu/nativecpu/bindings/linux-x86_64-onednn-avx512/");

    private LeanJar() {}

    public static void main(String[] args) throws IOException {
        try (ZipFile jar = new ZipFile(new File(args[0]));
                ZipArchiveOutputStream lean = new ZipArchiveOutputStream(new File(args[1]))) {
            for (ZipArchiveEntry entry : Collections.list(jar.getEntries())) {
                if (LEFT_OUT.stream().noneMatch(entry.getName()::startsWith)) {
                    lean.addRawArchiveEntry(entry, jar.getRawInputStream(entry));
                }
            }
        }
    }
}
