package io.github.sparkcnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.LogLines;
import io.github.sparkcnn.SparkTest;
import io.github.sparkcnn.Strangers;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.train.listener.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Strangers at every port that a process with driver and workers opens, Spark's own too, while it trains. */
class StrangersAtATrainingTest extends SparkTest {

    @TempDir
    Path folder;

    /** Visits all ports behind the first epoch, and again and again while the next ones are trained. */
    private static final class Visits implements TrainingListener {
        private final ExecutorService strangers = Executors.newSingleThreadExecutor();
        private final AtomicInteger count = new AtomicInteger();
        private volatile boolean ended;

        @Override
        public void epochEnded(EpochMetrics metrics, Network network) {
            if (metrics.epoch() == 1) {
                visitAll();
                strangers.execute(() -> {
                    while (!ended) {
                        visitAll();
                    }
                });
            }
        }

        private void visitAll() {
            try {
                for (int port : Strangers.openPorts()) {
                    for (byte[] words : Strangers.lost().values()) {
                        visit(port, words);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void visit(int port, byte[] words) {
            try {
                Strangers.visit(port, words, 30);
                count.incrementAndGet();
            } catch (IOException e) {
                // A worker's port, closed with its epoch.
            }
        }

        @Override
        public void ended() {
            ended = true;
            strangers.shutdown();
        }
    }

    @Test
    void changeNothing() throws Exception {
        StripedImages.writeCsv(folder.resolve("train.csv"), 120, 1);
        Visits visits = new Visits();
        float[] undisturbed = train("undisturbed", new TrainingListener() {});
        float[] visited;
        List<String> ours;
        try (LogLines log = new LogLines()) {
            visited = train("visited", visits);
            assertThat(visits.strangers.awaitTermination(30, TimeUnit.SECONDS))
                    .isTrue(); // they visit nobody else's ports
            ours = log.lines().stream()
                    .filter(line -> line.startsWith("Gate: "))
                    .toList();
        }

        assertThat(visited).isEqualTo(undisturbed);
        // At least the driver's two of Spark's and its one of ours.
        int kinds = Strangers.lost().size();
        assertThat(visits.count.get()).isGreaterThanOrEqualTo(3 * kinds);
        assertThat(ours).hasSizeBetween(kinds, visits.count.get());
    }

    private float[] train(String name, TrainingListener listener) {
        Storage storage = Storage.ofLocalMaster(jsc().hadoopConfiguration());
        Path run = folder.resolve(name);
        new TrainingRun(
                        spark(),
                        ConfigurationReader.read(name, "", SmallRuns.manySteps(folder.resolve("train.csv"))),
                        storage,
                        storage.path(run.toString()),
                        List.of(listener))
                .execute();
        return NetworkState.of(ModelFolder.load(storage, run.toString()).network())
                .parameters();
    }
}
