package io.github.sparkcnn.train.stage;

import io.github.sparkcnn.data.job.JobName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import scala.Option;

/** Hears why stages of some jobs failed that Spark then repeats, which its results do not tell. */
public final class FailedStages extends SparkListener {

    /** The first exception that says something, without its class and its stack. */
    private static final Pattern EXCEPTION = Pattern.compile("(?m)^(?:Caused by: )?[\\w.$]+(?:Exception|Error): (.+)$");

    /** The line before the reason, of a task that did not end by itself. */
    private static final String WHICH_TASK = "Stage failed because barrier task ";

    private final String mark;
    private final Set<Integer> stages = ConcurrentHashMap.newKeySet();
    private final List<String> reasons = new ArrayList<>();

    /** @param mark of the jobs, see {@link JobName#marking}; others are their own callers' matter */
    public FailedStages(String mark) {
        this.mark = mark;
    }

    @Override
    public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
        if (JobName.isMarked(submitted.properties(), mark)) {
            stages.add(submitted.stageInfo().stageId());
        }
    }

    @Override
    public void onStageCompleted(SparkListenerStageCompleted event) {
        Option<String> failure = event.stageInfo().failureReason();
        if (failure.isDefined() && stages.contains(event.stageInfo().stageId())) {
            synchronized (reasons) {
                reasons.add(reason(failure.get()));
            }
        }
    }

    /** Those since the last call. */
    public List<String> take() {
        synchronized (reasons) {
            List<String> taken = List.copyOf(reasons);
            reasons.clear();
            return taken;
        }
    }

    static String reason(String failure) {
        Matcher exception = EXCEPTION.matcher(failure);
        if (exception.find()) {
            return exception.group(1);
        }
        return failure.lines()
                .filter(line -> !line.startsWith(WHICH_TASK))
                .findFirst()
                .orElse(failure);
    }
}
