package io.github.sparkcnn.numpy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.sparkcnn.fuzz.Compressed;
import io.github.sparkcnn.fuzz.Compressed.Entry;
import io.github.sparkcnn.fuzz.OutsideReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;

/** Weights in an {@code .npz}. */
public record FuzzedNpz() implements OutsideReader {
    @Override
    public String name() {
        return "npz-weights";
    }

    /** An array as a file. */
    public static byte[] array(String type, String order, String shape, int bytes) {
        String header = "{'descr': '" + type + "', 'fortran_order': " + order + ", 'shape': " + shape + ", }\n";
        return ("\u0093NUMPY\1\0" + (char) header.length() + "\0" + header + "\0".repeat(bytes)).getBytes(ISO_8859_1);
    }

    @Override
    public List<byte[]> seeds() throws Exception {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        NpzFile.write(Map.of("conv/W", NpyArray.of(new float[6], 2, 3)), written);
        Entry weights = new Entry("w.npy", array("<f4", "True", "(2, 3)", 24));
        Entry counter = new Entry("n.npy", array("<i8", "False", "()", 8));
        return List.of(
                written.toByteArray(),
                Compressed.stored(weights, counter),
                Compressed.deflated(weights, new Entry("../up.npy", counter.content())),
                Compressed.stored(new Entry("big.npy", array("<f4", "False", "(500000000,)", 8))),
                Compressed.stored(new Entry("none.npy", array("<f4", "False", "(0, 99999999999)", 0))));
    }

    @Override
    public List<String> words() {
        return List.of("'descr': ", "(", ")", ",", "<f4", "|O", "True", "False", "'", "PK\1\2", "PK\5\6", ".npy", "\n");
    }

    @Override
    public void read(byte[] input) {
        NpzFile.read(new ByteArrayInputStream(input), "weights.npz");
    }
}
