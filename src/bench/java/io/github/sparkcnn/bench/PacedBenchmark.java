package io.github.sparkcnn.bench;

import io.github.sparkcnn.bench.CommunicationModel.Cluster;
import io.github.sparkcnn.bench.CommunicationModel.Training;
import io.github.sparkcnn.bench.paced.Measured;
import io.github.sparkcnn.bench.paced.Pace;
import io.github.sparkcnn.bench.paced.PacedEpochs;
import io.github.sparkcnn.network.NetworkState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.apache.commons.io.FileUtils;
import org.apache.commons.math3.stat.regression.SimpleRegression;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Whole epochs with more workers than processors: their steps and predictions sleep for as long as they are said to last, all
 * else is a run's own, on this machine. A line for each number of workers, seconds an epoch as medians, and beside them the model's:
 * with processors of each worker's own, and with this machine's, which the averagings of all have to share. The last line is what
 * the model's floor is then to be (least squares).
 */
@Command(name = "PacedBenchmark", mixinStandardHelpOptions = true)
public final class PacedBenchmark implements Callable<Integer> {

    private static final int FEWEST_EPOCHS = 4;

    private static final List<String> COLUMNS = List.of(
            "workers",
            "epochs",
            "epoch, s",
            "steps",
            "minibatches",
            "averaging",
            "waiting",
            "evaluation",
            "floor",
            "of it around evaluation",
            "writing meanwhile",
            "efficiency",
            "model on these cores, s",
            "model at 10 Gb/s, s",
            "its efficiency",
            "measured with its averaging, s",
            "efficiency");

    @Option(names = "--workers", split = ",", paramLabel = "N", description = "Default: 1,2,8,32,64.")
    private List<Integer> workers = List.of(1, 2, 8, 32, 64);

    @Option(names = "--network", paramLabel = "NAME", description = "Default: fashion-cnn.")
    private String network = "fashion-cnn";

    @Option(names = "--batch", paramLabel = "N", description = "Images a step of a worker. Default: 256.")
    private int batch = 256;

    @Option(names = "--frequency", paramLabel = "N", description = "Steps between two averagings. Default: 5.")
    private int frequency = 5;

    @Option(names = "--images", paramLabel = "N", description = "To train on. Default: 60000.")
    private int images = 60_000;

    @Option(names = "--test-images", paramLabel = "N", description = "Default: 10000.")
    private int testImages = 10_000;

    @Option(
            names = "--trained",
            paramLabel = "R",
            description = "Images/s of a worker; a step takes batch/R. Default: as speed.md has it of one core.")
    private double trained;

    @Option(
            names = "--predicted",
            paramLabel = "R",
            description = "Images/s of a worker. Default: as speed.md has it of one core.")
    private double predicted;

    @Option(names = "--floats", paramLabel = "N", description = "Averaged of the state. Default: all.")
    private int floats = Integer.MAX_VALUE;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description = "Of training for each line, or four epochs. Default: 30.")
    private double seconds = 30;

    @Option(names = "--cores", paramLabel = "N", description = "That the workers share. Default: those there are.")
    private int cores = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--checkpoints",
            paramLabel = "N",
            description = "Epochs between two; 0: none are written. Default: 1.")
    private int checkpoints = 1;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Further configuration.")
    private List<String> settings = List.of();

    public static void main(String[] args) {
        System.exit(new CommandLine(new PacedBenchmark()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        Training training = training();
        System.out.printf(
                Locale.ROOT,
                "%s, %,d floats averaged, %.0f images/s a worker (%.0f predicted), %d+%d images, batch %d,"
                        + " averaging every %d, checkpoints every %d, %d cores%n%n",
                network,
                training.floats(),
                training.trained(),
                training.predicted(),
                images,
                testImages,
                batch,
                frequency,
                checkpoints,
                cores);
        System.out.printf("| %s |%n%s|%n", String.join(" | ", COLUMNS), "|---".repeat(COLUMNS.size()));
        List<String> further = new ArrayList<>(Networks.settings(network));
        further.add("training.checkpoint.every-epochs=" + checkpoints);
        further.addAll(settings);
        Path folder = Files.createTempDirectory("paced");
        try {
            PacedEpochs paced = PacedEpochs.in(
                    folder, network, training, new Pace(training.trained(), training.predicted(), floats), further);
            measure(training, paced);
        } finally {
            FileUtils.deleteDirectory(folder.toFile());
        }
        return 0;
    }

    private Training training() {
        NetworkState state = NetworkState.of(Networks.named(network));
        return new Training(
                network,
                Math.min(floats, state.parameters().length + state.updater().length),
                trained > 0 ? trained : CommunicationModel.known(network).trained(),
                predicted > 0 ? predicted : CommunicationModel.known(network).predicted(),
                images,
                testImages,
                batch,
                frequency);
    }

    private void measure(Training training, PacedEpochs paced) throws IOException {
        OptionalDouble alone = OptionalDouble.empty();
        SimpleRegression floors = new SimpleRegression();
        for (int count : workers) {
            double expected = Cluster.AT_10_GIGABITS.epoch(training, count).seconds();
            Measured measured = paced.run(count, Math.max(FEWEST_EPOCHS, (int) (seconds / expected)));
            if (count == 1) {
                alone = OptionalDouble.of(measured.seconds());
            }
            row(training, measured, alone.orElse(images / training.trained() + testImages / training.predicted()));
            floors.addData(
                    count,
                    measured.floor(Cluster.AT_10_GIGABITS.epoch(training, count).evaluation()));
        }
        if (workers.size() > 1) {
            System.out.printf(
                    Locale.ROOT,
                    "%nfloor of the model: %.4f s and %.5f s a worker%n",
                    floors.getIntercept(),
                    floors.getSlope());
        }
    }

    /** @param alone seconds an epoch of one worker; where that is not measured, of its steps and predictions alone */
    private void row(Training training, Measured measured, double alone) {
        int count = measured.workers();
        Cluster cluster = Cluster.AT_10_GIGABITS;
        double evaluation = cluster.epoch(training, count).evaluation();
        double apart = measured.seconds()
                - measured.averaging()
                + cluster.epoch(training, count).averaging();
        System.out.printf(
                Locale.ROOT,
                "| %d | %d | %.3f | %.3f | %.3f | %.3f | %.3f | %.3f | %.3f | %.3f | %.3f | %.2f |"
                        + " %.3f | %.3f | %.2f | %.3f | %.2f |%n",
                count,
                measured.epochs(),
                measured.seconds(),
                measured.steps(),
                measured.minibatches(),
                measured.averaging(),
                measured.waiting(),
                evaluation,
                measured.floor(evaluation),
                measured.evaluation() - evaluation,
                measured.writing(),
                alone / count / measured.seconds(),
                cluster.shared(count, cores).epoch(training, count).seconds(),
                cluster.epoch(training, count).seconds(),
                cluster.efficiency(training, count),
                apart,
                alone / count / apart);
    }
}
