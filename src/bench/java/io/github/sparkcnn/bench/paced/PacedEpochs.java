package io.github.sparkcnn.bench.paced;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkcnn.bench.CommunicationModel.Training;
import io.github.sparkcnn.bench.Sample;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.train.TrainingResult;
import io.github.sparkcnn.train.TrainingRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.apache.spark.sql.SparkSession;

/**
 * Trains with paced workers, each a task of Spark's in this process: barrier stage, driver's dialogue, minibatches, averaging,
 * evaluation, listeners and files are a run's own.
 *
 * @param network by its name
 * @param training what the workers have to do
 * @param folder where {@link GreyImages} are, and where runs leave what they leave
 * @param settings further configuration
 */
public record PacedEpochs(String network, Training training, Pace pace, Path folder, List<String> settings) {

    /** Epochs that do not count: the just-in-time compiler's, if there are others. */
    private static final int WARM = 2;

    /** Writes the images, and has this thread's trainings find the engine. */
    public static PacedEpochs in(Path folder, String network, Training training, Pace pace, List<String> settings)
            throws IOException {
        GreyImages.write(folder, training.images(), training.testImages());
        PacedEngine.letBeFound(folder);
        return new PacedEpochs(network, training, pace, folder, settings);
    }

    /**
     * Runs so many epochs with so many workers.
     *
     * @throws IllegalStateException if a worker has not done what the model says that it has to
     */
    public Measured run(int workers, int epochs) throws IOException {
        Path output = folder.resolve("workers-" + workers);
        SparkSession.Builder builder = SparkSession.builder()
                .master("local[" + workers + "]")
                .appName("paced workers")
                .config("spark.ui.enabled", "false")
                .config("spark.ui.showConsoleProgress", "false");
        pace.keys().forEach(builder::config);
        Account.close();
        try (SparkSession spark = builder.getOrCreate()) {
            Storage storage = Storage.ofLocalMaster(spark.sparkContext().hadoopConfiguration());
            TrainingResult result = new TrainingRun(
                            spark,
                            ConfigurationReader.read("benchmark", "", configuration(workers, epochs)),
                            storage,
                            storage.path(output.toString()),
                            List.of())
                    .execute();
            requireDone(workers, epochs, Account.close());
            if (result.last().images() != training.images()) {
                throw new IllegalStateException(
                        result.last().images() + " images of " + training.images() + " were trained");
            }
        }
        return measured(workers, output);
    }

    private List<String> configuration(int workers, int epochs) {
        List<String> all = new ArrayList<>(List.of(
                "data.train=" + folder,
                "data.test=" + folder,
                "network.name=" + network,
                "device.engine=" + PacedEngine.NAME,
                "training.strategy=all-reduce",
                "training.workers=" + workers,
                "training.epochs=" + epochs,
                "training.batch-size=" + training.batch(),
                "training.averaging-frequency=" + training.frequency()));
        all.addAll(settings);
        return all;
    }

    /** The first averaging beside the epochs' is that by which the workers have the state of one of them. */
    private void requireDone(int workers, int epochs, Map<Integer, Work> done) {
        Map<Integer, Work> due = new TreeMap<>();
        for (int rank = 0; rank < workers; rank++) {
            due.put(
                    rank,
                    new Work(
                            epochs * training.steps(workers, rank),
                            epochs * training.averagings(workers) + (workers == 1 ? 0 : 1),
                            epochs * training.predictions(workers, rank)));
        }
        if (!done.equals(due)) {
            throw new IllegalStateException("the workers did " + done + ", where " + due + " was due");
        }
    }

    /** Medians over the epochs behind the warm ones; behind the last nobody trains while its files are written. */
    private static Measured measured(int workers, Path output) throws IOException {
        JsonNode all = new ObjectMapper()
                .readTree(output.resolve("manifest.json").toFile())
                .get("epochs");
        List<JsonNode> counted = StreamSupport.stream(all.spliterator(), false)
                .skip(Math.min(WARM, all.size() / 2))
                .limit(Math.max(1, all.size() - 1 - Math.min(WARM, all.size() / 2)))
                .toList();
        return new Measured(
                workers,
                counted.size(),
                median(counted, "total"),
                median(counted, "train.steps"),
                median(counted, "train.minibatches"),
                median(counted, "train.averaging"),
                median(counted, "train.waiting"),
                median(counted, "evaluate"),
                median(counted, "train.save") + median(counted, "train.tell"));
    }

    private static double median(List<JsonNode> epochs, String phase) {
        Sample sample = new Sample();
        epochs.forEach(epoch -> sample.add(epoch.path(phase).asDouble()));
        return sample.median();
    }
}
