package io.github.sparkcnn.submit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What metrics.jsonl says of each epoch, without its times. */
final class Figures {

    private Figures() {}

    static List<JsonNode> of(Path run) throws IOException {
        return of(Files.readAllLines(run.resolve("metrics.jsonl")));
    }

    static List<JsonNode> of(List<String> lines) throws IOException {
        List<JsonNode> epochs = new ArrayList<>();
        for (String line : lines) {
            ObjectNode epoch = (ObjectNode) new ObjectMapper().readTree(line);
            epochs.add(epoch.remove(List.of("seconds", "images_per_second")));
        }
        return epochs;
    }
}
