package io.github.sparkcnn.track;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.sparkcnn.kernel.BackendReport;
import java.io.Serializable;
import org.apache.spark.SparkEnv;

/**
 * What a worker computed on.
 *
 * @param worker its rank
 * @param executor Spark's name for the process, {@code driver} for the driver's
 * @param peakMemoryBytes the process's largest resident set until then, in the run; null where the system does not tell
 */
public record WorkerDevice(
        int worker,
        String host,
        String executor,
        BackendReport backend,
        @JsonProperty("peak_memory_bytes") Long peakMemoryBytes)
        implements Serializable {

    /** That of a worker in this process. */
    public static WorkerDevice here(int worker, BackendReport backend) {
        SparkEnv spark = SparkEnv.get();
        return new WorkerDevice(
                worker,
                spark.blockManager().blockManagerId().host(),
                spark.executorId(),
                backend,
                PeakMemory.bytes().orElse(null));
    }

    @Override
    public String toString() {
        return "worker " + worker + " on " + host + " (executor " + executor + ")";
    }
}
