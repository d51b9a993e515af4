package io.github.sparkcnn.track.mlflow;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.sparkcnn.track.mlflow.Batch.Metric;
import io.github.sparkcnn.track.mlflow.Batch.Pair;
import java.util.List;

/**
 * The bodies of the calls, field by field as MLflow's REST API 2.0 names them; answers may lack any, and have more. Its numbers of 64 bits
 * come as numbers or as texts.
 */
final class Messages {

    private Messages() {}

    /** {@code POST experiments/create}. */
    record CreateExperiment(String name) {}

    /** {@code POST runs/create}. */
    record CreateRun(
            @JsonProperty("experiment_id") String experimentId,
            @JsonProperty("user_id") String userId,
            @JsonProperty("run_name") String runName,
            @JsonProperty("start_time") long startTime,
            List<Pair> tags) {}

    /** {@code POST runs/update}. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record UpdateRun(
            @JsonProperty("run_id") String runId,
            RunStatus status,
            @JsonProperty("end_time") Long endTime) {}

    /** {@code POST runs/log-batch}. */
    record LogBatch(@JsonProperty("run_id") String runId, List<Metric> metrics, List<Pair> params, List<Pair> tags) {}

    /** What {@code experiments/get-by-name} answers. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record FoundExperiment(Experiment experiment) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Experiment(@JsonProperty("experiment_id") String experimentId) {}

    /** What {@code experiments/create} answers. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record CreatedExperiment(@JsonProperty("experiment_id") String experimentId) {}

    /** What {@code runs/create} and {@code runs/get} answer. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record FoundRun(Run run) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Run(Info info, Data data) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Info(
            @JsonProperty("run_id") String runId,
            @JsonProperty("artifact_uri") String artifactUri,
            @JsonProperty("lifecycle_stage") String lifecycleStage) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Data(List<Latest> metrics, List<Param> params) {}

    /** The newest value of a metric. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Latest(String key, long step) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Param(String key, String value) {}

    /** What is answered to a call that cannot be done. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Refusal(@JsonProperty("error_code") String code, String message) {}

    /** Of an answer in which nothing is of interest. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Done() {}
}
