package io.github.sparkcnn.track.mlflow;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.Visible;
import io.github.sparkcnn.fuzz.OutsideReader;
import io.github.sparkcnn.fuzz.Scratch;
import io.github.sparkcnn.io.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code mlflow.json} of a run's folder, or a {@code meta.yaml} of MLflow's, which anyone may have written. */
public record FuzzedMlflow(boolean isMeta, Scratch scratch) implements OutsideReader {
    private static final String URI = "file:/mlruns";

    public FuzzedMlflow(boolean isMeta) {
        this(isMeta, new Scratch());
    }

    @Override
    public String name() {
        return isMeta ? "mlflow-meta" : "mlflow-run";
    }

    @Override
    public List<byte[]> seeds() {
        if (!isMeta) {
            return Stream.of(Json.page(new KeptRun(URI, "0123456789abcdef")), "null", "{}")
                    .map(text -> text.getBytes(UTF_8))
                    .toList();
        }
        Map<String, Object> meta = new LinkedHashMap<>();
        meta.put("artifact_location", "file:///mlruns/1");
        meta.put("name", "a \"b\": c");
        meta.put("lifecycle_stage", "active");
        meta.put("end_time", null);
        meta.put("tags", List.of());
        return List.of(
                MetaFile.write(meta),
                "name: 'it''s'\nlifecycle_stage: active\ndescription: a long\n  text\n".getBytes(UTF_8),
                ("name: a\n" + " \n".repeat(20_000)).getBytes(UTF_8));
    }

    @Override
    public List<String> words() {
        return isMeta
                ? List.of(": ", "\n", "\r\n ", "'", "\"", "\\u", "\\", "null", "[]", "!!", "&a", "*a", "\u2028")
                : List.of("null", "{}", "[]", "\"", ",", "\"run_id\"", "\"uri\"", "../", "\n");
    }

    @Override
    public void read(byte[] input) {
        try {
            if (isMeta) {
                MetaFile.read(input);
            } else {
                KeptRun.id(Scratch.STORAGE, scratch.file("mlflow.json", input).getPath(), URI);
            }
        } catch (IOException e) { // a warning of the run's, which ends none
            throw new UserException("track the run", Visible.firstLine(e), "Look at the file");
        }
    }
}
