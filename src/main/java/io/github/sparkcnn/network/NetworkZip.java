package io.github.sparkcnn.network;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** {@code model.zip} as Deeplearning4j's ModelSerializer writes it, with updater state: either kind of network. */
final class NetworkZip {

    private static final Set<String> ARRAYS = Set.of(ModelSerializer.COEFFICIENTS_BIN, ModelSerializer.UPDATER_BIN);

    private NetworkZip() {}

    static void write(Model network, OutputStream out) throws IOException {
        ModelSerializer.writeModel(network, out, true);
    }

    static Network read(byte[] zip) throws IOException {
        ByteArrayInputStream bytes = new ByteArrayInputStream(zip);
        return isGraph(zip)
                ? new Graph(ModelSerializer.restoreComputationGraph(bytes, true))
                : new Chain(ModelSerializer.restoreMultiLayerNetwork(bytes, true));
    }

    /**
     * Whether it holds a graph; refuses arrays that are not what their headers say, and what would make ModelSerializer run code: an
     * object of Java's serialization, classes that the configuration names.
     */
    private static boolean isGraph(byte[] zip) throws IOException {
        Optional<Boolean> graph = Optional.empty();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.getName().equals(ModelSerializer.CONFIGURATION_JSON)) {
                    String json = new String(in.readAllBytes(), UTF_8);
                    NamedClasses.require(json);
                    graph = Optional.of(new ObjectMapper().readTree(json).has("vertices"));
                } else if (entry.getName().equals(ModelSerializer.PREPROCESSOR_BIN)) {
                    throw new IOException("it holds " + entry.getName() + ", an object of Java that would run code");
                } else if (ARRAYS.contains(entry.getName())) {
                    SerializedArrays.requireWhole(entry.getName(), in);
                }
            }
        }
        return graph.orElseThrow(() -> new IOException("it holds no " + ModelSerializer.CONFIGURATION_JSON));
    }
}
