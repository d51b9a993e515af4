package io.github.sparkcnn.checkpoint;

import io.github.sparkcnn.io.DataFile;
import io.github.sparkcnn.io.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a run was begun with, and has to be resumed with.
 *
 * @param keys of the configuration that decide the result, with their values as text
 * @param network SHA-256 of the network's definition, in hexadecimal
 * @param data the files that were read: training, then test
 * @param images training images that were read
 */
public record Origin(Map<String, String> keys, String network, List<DataFile> data, long images) {

    public Origin {
        keys = Json.whole(keys, "keys");
        Objects.requireNonNull(network, "it has no network");
        data = List.copyOf(Objects.requireNonNull(data, "it has no data"));
        data.forEach(file -> Objects.requireNonNull(file.md5(), () -> "it has no md5 of " + file.path()));
    }
}
