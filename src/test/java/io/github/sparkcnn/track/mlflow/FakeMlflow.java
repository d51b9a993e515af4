package io.github.sparkcnn.track.mlflow;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A tracking server as far as MLflow's REST API 2.0 describes one (its fields with their types and which are required, the limits of
 * log-batch, the error codes), that keeps what it is told. What a client may not send is refused, and is one of {@link #violations}.
 */
public final class FakeMlflow implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String API = "/api/2.0/mlflow/";
    private static final String PROXY = "/api/2.0/mlflow-artifacts/artifacts/";
    private static final Set<String> STATUSES = Set.of("RUNNING", "SCHEDULED", "FINISHED", "FAILED", "KILLED");
    private static final String KEY = "[A-Za-z0-9_.\\- /]{1,250}";

    /** What a field may be. */
    private enum Type {
        TEXT,
        /** A number of 64 bits. */
        WHOLE,
        /** A number, or one of the texts for those that are none. */
        REAL,
        STATUS,
        TAGS,
        PARAMS,
        METRICS
    }

    private record Field(Type type, boolean isRequired) {}

    private record Call(String method, Map<String, Field> fields) {}

    private static final Map<String, Call> CALLS = Map.of(
            "experiments/get-by-name", new Call("GET", Map.of("experiment_name", required(Type.TEXT))),
            "experiments/create",
                    new Call(
                            "POST",
                            Map.of(
                                    "name", required(Type.TEXT),
                                    "artifact_location", optional(Type.TEXT),
                                    "tags", optional(Type.TAGS))),
            "runs/create",
                    new Call(
                            "POST",
                            Map.of(
                                    "experiment_id", required(Type.TEXT),
                                    "user_id", optional(Type.TEXT),
                                    "run_name", optional(Type.TEXT),
                                    "start_time", optional(Type.WHOLE),
                                    "tags", optional(Type.TAGS))),
            "runs/get", new Call("GET", Map.of("run_id", required(Type.TEXT))),
            "runs/update",
                    new Call(
                            "POST",
                            Map.of(
                                    "run_id", required(Type.TEXT),
                                    "status", optional(Type.STATUS),
                                    "end_time", optional(Type.WHOLE),
                                    "run_name", optional(Type.TEXT))),
            "runs/log-batch",
                    new Call(
                            "POST",
                            Map.of(
                                    "run_id", required(Type.TEXT),
                                    "metrics", optional(Type.METRICS),
                                    "params", optional(Type.PARAMS),
                                    "tags", optional(Type.TAGS))));

    /** A run that was told of. */
    public static final class Run {
        public final Map<String, String> params = new TreeMap<>();
        public final Map<String, String> tags = new TreeMap<>();
        public final Map<String, List<String>> metrics = new TreeMap<>();
        public final Map<String, byte[]> artifacts = new TreeMap<>();
        public final String id;
        public final String experiment;
        public String name;
        public String status = "RUNNING";
        public long start;
        public long end;
        public String stage = "active";
        private final Map<String, Long> steps = new TreeMap<>();

        private Run(String id, String experiment) {
            this.id = id;
            this.experiment = experiment;
        }
    }

    private record Answer(int status, String type, String body) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, String> experiments = new LinkedHashMap<>();
    private final Map<String, Run> runs = new LinkedHashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final Set<String> authorizations = ConcurrentHashMap.newKeySet();
    private final AtomicInteger answered = new AtomicInteger();
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile String artifactRoot = "mlflow-artifacts:/";
    private volatile int longestParam = 6000;
    private volatile boolean losesTheRace;
    private volatile Answer instead;
    private volatile boolean hangs;
    private volatile boolean servesArtifacts = true;
    private volatile boolean hangsAtArtifacts;

    private FakeMlflow(int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    public static FakeMlflow start() throws IOException {
        return new FakeMlflow(0);
    }

    public String uri() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static Field required(Type type) {
        return new Field(type, true);
    }

    private static Field optional(Type type) {
        return new Field(type, false);
    }

    /** Where artifacts of new runs belong. */
    void keepsArtifactsIn(String root) {
        artifactRoot = root;
    }

    /** As servers before MLflow 2.9. */
    void takesParamsOf(int length) {
        longestParam = length;
    }

    /** Somebody else creates every experiment just before it is to be created. */
    void losesTheRaceForTheExperiment() {
        losesTheRace = true;
    }

    /** Whatever is asked. */
    void answersAlways(int status, String type, String body) {
        instead = new Answer(status, type, body);
    }

    void answersNoMore() {
        hangs = true;
    }

    /** As one whose store of artifacts is slow. */
    public void takesArtifactsForEver() {
        hangsAtArtifacts = true;
    }

    void servesNoArtifacts() {
        servesArtifacts = false;
    }

    /** Methods and paths in their order. */
    public List<String> calls() {
        return calls;
    }

    /** How many of those have been answered. */
    int answered() {
        return answered.get();
    }

    /** What a client may not do. */
    public List<String> violations() {
        return violations;
    }

    Set<String> authorizations() {
        return authorizations;
    }

    public synchronized List<Run> runs() {
        return List.copyOf(runs.values());
    }

    public synchronized Map<String, String> experiments() {
        return Map.copyOf(experiments);
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String path = exchange.getRequestURI().getRawPath();
        calls.add(exchange.getRequestMethod() + " " + path);
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        if (hangs || (hangsAtArtifacts && path.startsWith(PROXY))) {
            await();
        }
        Answer answer = instead != null ? instead : answer(exchange, path, body);
        byte[] bytes = answer.body().getBytes(UTF_8);
        exchange.getResponseHeaders().add("Content-Type", answer.type());
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        if (bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
        answered.incrementAndGet();
    }

    private void await() {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Answer answer(HttpExchange exchange, String path, byte[] body) {
        try {
            if (path.startsWith(PROXY)) {
                return putArtifact(
                        exchange.getRequestMethod(), URLDecoder.decode(path.substring(PROXY.length()), UTF_8), body);
            }
            Call call = path.startsWith(API) ? CALLS.get(path.substring(API.length())) : null;
            if (call == null) {
                return violation(404, "ENDPOINT_NOT_FOUND", "no " + path);
            }
            if (!exchange.getRequestMethod().equals(call.method())) {
                return violation(405, "BAD_REQUEST", exchange.getRequestMethod() + " " + path);
            }
            JsonNode message =
                    call.method().equals("GET") ? query(exchange.getRequestURI().getRawQuery()) : JSON.readTree(body);
            if (call.method().equals("POST")
                    && !"application/json".equals(exchange.getRequestHeaders().getFirst("Content-Type"))) {
                return violation(400, "BAD_REQUEST", "no JSON by its header");
            }
            if (body.length > 1_000_000) {
                return violation(400, "INVALID_PARAMETER_VALUE", "a request of " + body.length + " bytes");
            }
            List<String> wrong = wrong(call, message);
            if (!wrong.isEmpty()) {
                return violation(400, "INVALID_PARAMETER_VALUE", path + ": " + wrong);
            }
            return switch (path.substring(API.length())) {
                case "experiments/get-by-name" ->
                    experiment(message.get("experiment_name").asText());
                case "experiments/create" ->
                    createExperiment(message.get("name").asText());
                case "runs/create" -> createRun(message);
                case "runs/get" -> run(message.get("run_id").asText());
                case "runs/update" -> update(message);
                default -> log(message);
            };
        } catch (IOException e) {
            return violation(400, "BAD_REQUEST", path + " is no JSON: " + e.getMessage());
        }
    }

    private static ObjectNode query(String text) {
        ObjectNode message = JSON.createObjectNode();
        for (String pair : text.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            message.put(parts[0], URLDecoder.decode(parts[1], UTF_8));
        }
        return message;
    }

    private static List<String> wrong(Call call, JsonNode message) {
        List<String> wrong = new ArrayList<>();
        call.fields().forEach((name, field) -> {
            JsonNode value = message.get(name);
            if (field.isRequired() && (value == null || value.asText().isEmpty())) {
                wrong.add("no " + name);
            } else if (value != null && !fits(field.type(), value)) {
                wrong.add(name + " is " + value);
            }
        });
        message.fieldNames().forEachRemaining(name -> {
            if (!call.fields().containsKey(name)) {
                wrong.add("there is no " + name);
            }
        });
        int all = Stream.of("metrics", "params", "tags")
                .mapToInt(name -> message.path(name).size())
                .sum();
        if (message.path("metrics").size() > 1000
                || message.path("params").size() > 100
                || (message.path("tags").size() > 100)
                || all > 1000) {
            wrong.add("too many");
        }
        return wrong;
    }

    private static boolean fits(Type type, JsonNode value) {
        return switch (type) {
            case TEXT -> value.isTextual();
            case WHOLE -> value.isIntegralNumber() && value.canConvertToLong();
            case REAL ->
                value.isNumber() || Set.of("NaN", "Infinity", "-Infinity").contains(value.asText());
            case STATUS -> STATUSES.contains(value.asText());
            case TAGS -> arePairs(value, 5000);
            case PARAMS -> arePairs(value, Integer.MAX_VALUE) && areDifferent(value);
            case METRICS -> value.isArray() && all(value, FakeMlflow::isMetric);
        };
    }

    private static boolean isMetric(JsonNode metric) {
        return metric.size() == 4
                && metric.path("key").asText().matches(KEY)
                && fits(Type.REAL, metric.path("value"))
                && fits(Type.WHOLE, metric.path("timestamp"))
                && fits(Type.WHOLE, metric.path("step"));
    }

    private static boolean arePairs(JsonNode pairs, int longest) {
        return pairs.isArray()
                && all(
                        pairs,
                        pair -> pair.size() == 2
                                && pair.path("key").asText().matches(KEY)
                                && pair.path("value").isTextual()
                                && pair.path("value").asText().length() <= longest);
    }

    private static boolean areDifferent(JsonNode pairs) {
        Set<String> keys = new HashSet<>();
        return all(pairs, pair -> keys.add(pair.path("key").asText()));
    }

    private static boolean all(JsonNode array, Predicate<JsonNode> each) {
        for (Iterator<JsonNode> elements = array.elements(); elements.hasNext(); ) {
            if (!each.test(elements.next())) {
                return false;
            }
        }
        return true;
    }

    private Answer experiment(String name) {
        if (!experiments.containsKey(name)) {
            return refusal(404, "RESOURCE_DOES_NOT_EXIST", "Could not find experiment with name '" + name + "'");
        }
        ObjectNode answer = JSON.createObjectNode();
        answer.putObject("experiment")
                .put("experiment_id", experiments.get(name))
                .put("name", name)
                .put("lifecycle_stage", "active")
                .put("creation_time", "1700000000000")
                .putArray("tags");
        return ok(answer);
    }

    private Answer createExperiment(String name) {
        if (losesTheRace) {
            experiments.put(name, "77");
        }
        if (experiments.containsKey(name)) {
            return refusal(400, "RESOURCE_ALREADY_EXISTS", "Experiment '" + name + "' already exists.");
        }
        experiments.put(name, Integer.toString(experiments.size() + 1));
        return ok(JSON.createObjectNode().put("experiment_id", experiments.get(name)));
    }

    private Answer createRun(JsonNode message) {
        String experiment = message.get("experiment_id").asText();
        if (!experiments.containsValue(experiment)) {
            return refusal(404, "RESOURCE_DOES_NOT_EXIST", "No Experiment with id=" + experiment + " exists");
        }
        Run run = new Run(String.format(Locale.ROOT, "%032x", runs.size() + 1), experiment);
        run.name = message.path("run_name").asText();
        run.start = message.path("start_time").asLong();
        message.path("tags")
                .forEach(tag ->
                        run.tags.put(tag.get("key").asText(), tag.get("value").asText()));
        runs.put(run.id, run);
        return run(run.id);
    }

    /** Its numbers of 64 bits are texts, as protocol buffers' JSON has them. */
    private Answer run(String id) {
        Run run = runs.get(id);
        if (run == null) {
            return refusal(404, "RESOURCE_DOES_NOT_EXIST", "Run with id=" + id + " not found");
        }
        ObjectNode answer = JSON.createObjectNode();
        ObjectNode inner = answer.putObject("run");
        inner.putObject("info")
                .put("run_id", id)
                .put("run_uuid", id)
                .put("run_name", run.name)
                .put("experiment_id", run.experiment)
                .put("status", run.status)
                .put("start_time", Long.toString(run.start))
                .put("artifact_uri", artifactRoot + run.experiment + "/" + id + "/artifacts")
                .put("lifecycle_stage", run.stage);
        ObjectNode data = inner.putObject("data");
        if (!run.params.isEmpty()) { // an empty list is left out
            ArrayNode params = data.putArray("params");
            run.params.forEach(
                    (key, value) -> params.addObject().put("key", key).put("value", value));
        }
        if (!run.steps.isEmpty()) {
            ArrayNode metrics = data.putArray("metrics");
            run.steps.forEach((key, step) -> metrics.addObject()
                    .put("key", key)
                    .put("value", 0.5)
                    .put("timestamp", "1700000000000")
                    .put("step", Long.toString(step)));
        }
        inner.putObject("inputs");
        return ok(answer);
    }

    private Answer update(JsonNode message) {
        Run run = runs.get(message.get("run_id").asText());
        if (run == null) {
            return refusal(404, "RESOURCE_DOES_NOT_EXIST", "Run not found");
        }
        run.status = message.path("status").asText(run.status);
        run.end = message.path("end_time").asLong(run.end);
        return ok(
                JSON.createObjectNode().set("run_info", JSON.createObjectNode().put("run_id", run.id)));
    }

    private Answer log(JsonNode message) {
        Run run = runs.get(message.get("run_id").asText());
        if (run == null) {
            return refusal(404, "RESOURCE_DOES_NOT_EXIST", "Run not found");
        }
        for (JsonNode param : message.path("params")) {
            String value = param.get("value").asText();
            if (value.length() > longestParam) {
                return refusal(
                        400,
                        "INVALID_PARAMETER_VALUE",
                        "Param value '" + value.substring(0, 250) + "' had length " + value.length());
            }
            String before = run.params.put(param.get("key").asText(), value);
            if (before != null && !before.equals(value)) {
                return violation(400, "INVALID_PARAMETER_VALUE", "Changing param values is not allowed");
            }
        }
        for (JsonNode metric : message.path("metrics")) {
            String key = metric.get("key").asText();
            long step = metric.get("step").asLong();
            run.metrics
                    .computeIfAbsent(key, any -> new ArrayList<>())
                    .add(step + ":" + metric.get("value").asText());
            run.steps.merge(key, step, Math::max);
        }
        message.path("tags")
                .forEach(tag ->
                        run.tags.put(tag.get("key").asText(), tag.get("value").asText()));
        return ok(JSON.createObjectNode());
    }

    private Answer putArtifact(String method, String path, byte[] body) {
        if (!servesArtifacts) {
            return refusal(503, "SERVICE_UNDER_MAINTENANCE", "Artifacts are not served");
        }
        String[] parts = path.split("/", 4);
        Run run = parts.length == 4 ? runs.get(parts[1]) : null;
        if (!method.equals("PUT") || run == null || !parts[0].equals(run.experiment) || !parts[2].equals("artifacts")) {
            return violation(400, "BAD_REQUEST", method + " of artifact " + path);
        }
        run.artifacts.put(parts[3], body);
        return ok(JSON.createObjectNode());
    }

    private static Answer ok(JsonNode body) {
        try {
            return new Answer(200, "application/json", JSON.writeValueAsString(body));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Answer refusal(int status, String code, String message) {
        ObjectNode body = JSON.createObjectNode().put("error_code", code).put("message", message);
        return new Answer(status, "application/json", body.toString());
    }

    private Answer violation(int status, String code, String message) {
        violations.add(message);
        return refusal(status, code, message);
    }

    @Override
    public void close() {
        released.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
