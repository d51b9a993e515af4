package io.github.sparkcnn.track.mlflow;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.sparkcnn.io.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * An ONNX model as MLflow keeps models: a folder with {@code MLmodel}, which says what else is in it. Of the flavors {@code onnx} and
 * {@code python_function}.
 *
 * @param run that it is a model of
 */
@SuppressWarnings("ArrayRecordComponent") // a file, compared by nobody
record ModelFiles(String run, byte[] onnx, ModelSignature signature, String id, Instant created) {

    /** The folder among the run's artifacts. */
    static final String FOLDER = "onnx";

    private static final String DATA = "model.onnx";
    /** The first release of ONNX with the format (IR 8) and the operators (set 15) of our files. */
    private static final String ONNX = "1.10.0";

    private static final List<String> PROVIDERS = List.of("CUDAExecutionProvider", "CPUExecutionProvider");
    private static final String LOADER = "mlflow.onnx";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    static ModelFiles of(String run, byte[] onnx, ModelSignature signature) {
        return new ModelFiles(run, onnx, signature, UUID.randomUUID().toString().replace("-", ""), Instant.now());
    }

    /** Name and content of each file. */
    Map<String, byte[]> files() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put(DATA, onnx);
        files.put("requirements.txt", "onnx\nonnxruntime\n".getBytes(UTF_8));
        files.put("MLmodel", description().getBytes(UTF_8)); // last: it says that the others are there
        return files;
    }

    private String description() {
        return String.join(
                "\n",
                "artifact_path: " + FOLDER,
                "flavors:",
                "  onnx:",
                "    data: " + DATA,
                "    onnx_version: " + ONNX,
                "    providers:",
                "    - " + PROVIDERS.get(0),
                "    - " + PROVIDERS.get(1),
                "  python_function:",
                "    data: " + DATA,
                "    loader_module: " + LOADER,
                "model_size_bytes: " + onnx.length,
                "model_uuid: " + Json.line(id),
                "run_id: " + Json.line(run),
                "signature:",
                "  inputs: '"
                        + Json.line(List.of(tensor(
                                signature.input(),
                                Stream.of(
                                        signature.shape().channels(),
                                        signature.shape().height(),
                                        signature.shape().width()))))
                        + "'",
                "  outputs: '"
                        + Json.line(signature.outputs().stream()
                                .map(name -> tensor(name, Stream.of(signature.classes())))
                                .toList())
                        + "'",
                "utc_time_created: '" + TIME.format(created) + "'",
                "");
    }

    private static Tensor tensor(String name, Stream<Integer> sides) {
        return new Tensor(
                name,
                "tensor",
                new TensorSpec("float32", Stream.concat(Stream.of(-1), sides).toList()));
    }

    /** The value of the tag that lists a run's models. */
    String history() {
        Flavors flavors = new Flavors(new PythonFunction(DATA, LOADER), new Onnx(DATA, ONNX, PROVIDERS));
        return Json.line(List.of(new Listed(run, FOLDER, TIME.format(created), id, flavors)));
    }

    private record Tensor(
            String name,
            String type,
            @JsonProperty("tensor-spec") TensorSpec spec) {}

    private record TensorSpec(String dtype, List<Integer> shape) {}

    private record Listed(
            @JsonProperty("run_id") String runId,
            @JsonProperty("artifact_path") String artifactPath,
            @JsonProperty("utc_time_created") String created,
            @JsonProperty("model_uuid") String id,
            Flavors flavors) {}

    private record Flavors(@JsonProperty("python_function") PythonFunction python, Onnx onnx) {}

    private record PythonFunction(
            String data, @JsonProperty("loader_module") String loader) {}

    private record Onnx(
            String data, @JsonProperty("onnx_version") String version, List<String> providers) {}
}
