package io.github.sparkcnn.ml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.Visible;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapred.InvalidInputException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamPair;
import org.apache.spark.ml.param.Params;
import org.apache.spark.sql.SparkSession;

/**
 * The file {@code metadata} of a saved stage, in Spark ML's own layout: a line of JSON with class, uid and parameters, by which
 * {@code Pipeline.load} finds the class. Spark's writer of it is private to its packages.
 */
final class StageMetadata {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SAVED = "Name a folder that save has written";

    private final String path;
    private final JsonNode json;

    private StageMetadata(String path, JsonNode json) {
        this.path = path;
        this.json = json;
    }

    /** Writes a stage's. */
    static void write(SparkSession spark, Params stage, String path) {
        JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(List.of(line(stage, spark.version())), 1)
                .saveAsTextFile(file(path));
    }

    static String line(Params stage, String sparkVersion) {
        ObjectNode json = JSON.createObjectNode();
        json.put("class", stage.getClass().getName());
        json.put("timestamp", System.currentTimeMillis());
        json.put("sparkVersion", sparkVersion);
        json.put("uid", stage.uid());
        json.set("paramMap", encode(stage.paramMap()));
        json.set("defaultParamMap", encode(stage.defaultParamMap()));
        return json.toString();
    }

    private static ObjectNode encode(ParamMap values) {
        ObjectNode json = JSON.createObjectNode();
        for (ParamPair<?> pair : values.toList()) {
            json.set(pair.param().name(), encode(pair));
        }
        return json;
    }

    private static <T> JsonNode encode(ParamPair<T> pair) {
        try {
            return JSON.readTree(pair.param().jsonEncode(pair.value()));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("cannot write parameter " + pair.param() + ": " + Visible.firstLine(e), e);
        }
    }

    /** Reads that of a stage of this class. */
    static StageMetadata read(SparkSession spark, String path, Class<? extends Params> type) {
        return of(path, line(spark, path), type);
    }

    /** The metadata that a line is. */
    static StageMetadata of(String path, String line, Class<? extends Params> type) {
        JsonNode json;
        try {
            json = JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw noJson(path);
        }
        String found = json.path("class").asText();
        if (!found.equals(type.getName())) {
            throw refusal(path, "it holds a " + found, "Load it with that class, or name a " + type.getSimpleName());
        }
        return new StageMetadata(path, json);
    }

    private static String line(SparkSession spark, String path) {
        try {
            return JavaSparkContext.fromSparkContext(spark.sparkContext())
                    .textFile(file(path), 1)
                    .first();
        } catch (UnsupportedOperationException e) { // Spark's word for no line
            throw noJson(path);
        } catch (Exception e) { // Hadoop's, which Scala does not declare
            if (e instanceof InvalidInputException) {
                throw refusal(path, "it has no metadata", SAVED);
            }
            throw e;
        }
    }

    private static UserException noJson(String path) {
        return refusal(path, "its metadata is no JSON", SAVED);
    }

    private static String file(String path) {
        return new Path(path, "metadata").toString();
    }

    private static UserException refusal(String path, String reason, String remedy) {
        return new UserException("load a stage of Spark ML from " + path, reason, remedy);
    }

    /** What the stage was called. */
    String uid() {
        return json.path("uid").asText();
    }

    /** Gives a stage the parameters, those that were set and the defaults. */
    <T extends Params> T applyTo(T stage) {
        json.path("defaultParamMap").fields().forEachRemaining(value -> take(value, stage, stage::setDefault));
        json.path("paramMap").fields().forEachRemaining(value -> take(value, stage, stage::set));
        return stage;
    }

    private void take(Map.Entry<String, JsonNode> value, Params stage, BiConsumer<Param<Object>, Object> set) {
        Param<Object> param = param(stage, value);
        try {
            set.accept(param, param.jsonDecode(value.getValue().toString()));
        } catch (Exception e) { // json4s's too, which Scala does not declare
            throw refusal(path, "its parameter " + value.getKey() + " is " + value.getValue(), SAVED);
        }
    }

    private Param<Object> param(Params stage, Map.Entry<String, JsonNode> value) {
        if (!stage.hasParam(value.getKey())) {
            throw refusal(
                    path, "this version knows no parameter " + value.getKey(), "Load it with the one that saved it");
        }
        return stage.getParam(value.getKey());
    }
}
