package io.github.sparkcnn.data.pickle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.sparkcnn.fuzz.Canary;
import io.github.sparkcnn.fuzz.Compressed;
import io.github.sparkcnn.fuzz.OutsideReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** {@code mnist.pkl.gz}: parts of a pickle of Python's, and small ones in which every opcode matters. */
public record FuzzedPickle() implements OutsideReader {
    private static final String ARRAY = "cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(K\0tU\1btR"
            + "(K\1(K\1M\20\3tcnumpy\ndtype\n(U\2f4K\0K\1tR(K\3U\1<NNNJ\377\377\377\377J\377\377\377\377K\0tb\211";

    @Override
    public String name() {
        return "pickle";
    }

    @Override
    public List<byte[]> seeds() throws Exception {
        List<byte[]> seeds = new ArrayList<>();
        for (String name : List.of("python2-protocol0", "python2-protocol2", "python3-protocol2", "evil")) {
            try (InputStream in = new GZIPInputStream(getClass().getResourceAsStream("/pickle/" + name + ".pkl.gz"))) {
                seeds.add(in.readAllBytes());
            }
        }
        seeds.add(Compressed.gzip(seeds.get(1)));
        // An array that says 2³¹ bytes, a class of ours, a list in itself, marks without end.
        for (String pickle : List.of(
                "\200\2" + ARRAY + "T\377\377\377\177tb.",
                "\200\2" + ARRAY + "U\4\0\0\0\0tb.",
                "cio.github.sparkcnn.fuzz\nCanary\n)R.",
                "c" + Canary.NAME + "\n<init>\n)R.",
                "]q\0h\0a.",
                "((((((((((tttttt0.",
                "V\\u00e9\\u1\nS'\\x4'\nL99999999999999999999L\nI01\n\205\206\207.")) {
            seeds.add(pickle.getBytes(ISO_8859_1));
        }
        return seeds;
    }

    @Override
    public List<String> words() {
        return List.of(
                "(", "t", "R", "b", "c", "numpy\ndtype\n", "S'", "\n", "h\0", "]", "e", ")", "\205", "jaz\nZer\n");
    }

    @Override
    public void read(byte[] input) throws IOException {
        MnistPickle.read(new ByteArrayInputStream(input), "mnist.pkl.gz");
    }
}
