package io.github.sparkcnn.ml;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sparkcnn.fuzz.Canary;
import io.github.sparkcnn.fuzz.OutsideReader;
import java.util.List;

/** The metadata of a saved stage of Spark ML. */
public record FuzzedStage() implements OutsideReader {
    @Override
    public String name() {
        return "ml-metadata";
    }

    @Override
    public List<byte[]> seeds() {
        CnnClassifier stage = new CnnClassifier("cnn-1");
        stage.setEpochs(3).setNetwork("fashion-cnn");
        String json = StageMetadata.line(stage, "3.5.5").replaceAll("\"timestamp\":\\d+", "\"timestamp\":1");
        return List.of(
                json.getBytes(UTF_8),
                json.replace(CnnClassifier.class.getName(), Canary.NAME).getBytes(UTF_8),
                json.replace("\"epochs\":3", "\"epochs\":\"Infinity\"").getBytes(UTF_8),
                "{}".getBytes(UTF_8));
    }

    @Override
    public List<String> words() {
        return List.of("null", "{}", "[]", "\"", ",", "NaN", "1e999", "-1", "\"paramMap\"", "true");
    }

    @Override
    public void read(byte[] input) {
        StageMetadata metadata = StageMetadata.of("stage", new String(input, UTF_8), CnnClassifier.class);
        metadata.applyTo(new CnnClassifier(metadata.uid()));
    }

    @Override
    public int tries() {
        return 600;
    }
}
