package io.github.sparkcnn.tune;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.EpochProgress;
import io.github.sparkcnn.track.RecordedRun;
import io.github.sparkcnn.train.TrainingResult;
import io.github.sparkcnn.train.TrainingRun;
import io.github.sparkcnn.train.listener.TrainingListener;
import io.github.sparkcnn.train.strategy.DivergedException;
import io.github.sparkcnn.train.tracking.ParentRun;
import io.github.sparkcnn.tune.Trial.Status;
import java.util.List;
import java.util.Map;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * Trains one trial as a run in a folder of its own, which goes on where there is one.
 *
 * @param heard hears of all of them
 * @param search that each is tracked within
 * @param atOnce trials that are trained at the same time
 */
record TrialRun(
        SparkSession spark, Storage storage, Objective objective, SearchListener heard, ParentRun search, int atOnce) {

    /**
     * Trains it.
     *
     * @param pause the epoch to pause behind, or {@link Promotions#TO_THE_END}
     * @return what it has come to, also where that is a failure of its own: a refusal, or numbers that are none
     */
    Trial train(DrawnTrial drawn, Path folder, int pause) {
        heard.begun(drawn.number(), drawn.settings());
        try {
            boolean isBegun = storage.exists(folder);
            TrainingRun run = new TrainingRun(
                    spark,
                    drawn.configuration(),
                    storage,
                    folder,
                    pause,
                    atOnce,
                    List.of(listener(
                            drawn.number(),
                            Math.min(pause, drawn.configuration().training().epochs()))),
                    search);
            return ended(drawn, isBegun ? run.resume() : run.execute(), pause);
        } catch (RuntimeException e) {
            UserException mistake = ExceptionUtils.throwableOfType(e, UserException.class);
            if (mistake == null) {
                throw e;
            }
            boolean diverged = ExceptionUtils.indexOfType(e, DivergedException.class) >= 0;
            return new Trial(
                    drawn.number(),
                    drawn.settings(),
                    diverged ? Status.DIVERGED : Status.FAILED,
                    null,
                    recorded(folder),
                    mistake.getMessage());
        }
    }

    private Trial ended(DrawnTrial drawn, TrainingResult result, int pause) {
        int all = drawn.configuration().training().epochs();
        int trained = result.epochs().size();
        // One that was stopped earlier than it should pause has come to its end.
        boolean isFinished = trained == all || trained < pause;
        return Trial.trained(
                drawn.number(),
                drawn.settings(),
                isFinished ? Status.FINISHED : Status.STOPPED,
                objective,
                result.epochs());
    }

    /** The epochs before it failed, if there were any. */
    private List<EpochMetrics> recorded(Path folder) {
        try {
            return RecordedRun.read(storage, folder.toString()).epochs().stream()
                    .takeWhile(EpochMetrics::isEvaluated)
                    .toList();
        } catch (UserException noRun) {
            return List.of();
        }
    }

    private TrainingListener listener(int trial, int epochs) {
        return new TrainingListener() {
            @Override
            public void started(Map<String, Object> settings) {
                heard.started(trial, epochs, settings);
            }

            @Override
            public void noticed(String notice) {
                heard.noticed(trial, notice);
            }

            @Override
            public void progressed(int epoch, EpochProgress seen, long ofImages) {
                heard.progressed(trial, epoch, seen, ofImages);
            }

            @Override
            public void epochEnded(EpochMetrics metrics, Network network) {
                heard.epochEnded(trial, metrics);
            }
        };
    }
}
