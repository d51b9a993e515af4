package io.github.sparkcnn.model;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.Visible;
import io.github.sparkcnn.network.Network;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.Path;

/** {@code model.zip} as bytes: plain Deeplearning4j, with updater state. */
final class ModelZip {

    private ModelZip() {}

    static byte[] write(Network network) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            network.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot serialize the network: " + Visible.firstLine(e), e);
        }
        return bytes.toByteArray();
    }

    /** The network in the bytes; the folder is named in messages. */
    static Network read(Path folder, byte[] zip) {
        try {
            return Network.read(zip);
        } catch (IOException | RuntimeException e) { // what a wrong file makes Deeplearning4j throw is not documented
            throw new UserException(
                    "load model " + folder,
                    "Deeplearning4j cannot read its model.zip: " + Visible.firstLine(e),
                    "Restore the folder from where it was written, or train again");
        }
    }
}
