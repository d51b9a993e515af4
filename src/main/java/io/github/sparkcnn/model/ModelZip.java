package io.github.sparkcnn.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sparkcnn.UserException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.hadoop.fs.Path;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/** {@code model.zip} as Deeplearning4j's ModelSerializer writes it, with updater state: either kind of network. */
final class ModelZip {

    private ModelZip() {}

    static byte[] write(Model network) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ModelSerializer.writeModel(network, bytes, true);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot serialize the network: " + e.getMessage(), e);
        }
        return bytes.toByteArray();
    }

    /** The network in the bytes; the folder is named in messages. */
    static Model read(Path folder, byte[] zip) {
        try {
            ByteArrayInputStream bytes = new ByteArrayInputStream(zip);
            return isGraph(zip)
                    ? ModelSerializer.restoreComputationGraph(bytes, true)
                    : ModelSerializer.restoreMultiLayerNetwork(bytes, true);
        } catch (IOException | RuntimeException e) { // what a wrong file makes Deeplearning4j throw is not documented
            throw new UserException(
                    "load model " + folder,
                    "Deeplearning4j cannot read its model.zip: " + e.getMessage(),
                    "Restore the folder from where it was written, or train again");
        }
    }

    private static boolean isGraph(byte[] zip) throws IOException {
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (entry.getName().equals(ModelSerializer.CONFIGURATION_JSON)) {
                    String json = new String(in.readAllBytes(), UTF_8);
                    return new ObjectMapper().readTree(json).has("vertices");
                }
            }
        }
        throw new IOException("it holds no " + ModelSerializer.CONFIGURATION_JSON);
    }
}
