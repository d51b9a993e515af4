package io.github.sparkcnn.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sparkcnn.compare.CompareRun;
import io.github.sparkcnn.compare.Comparison;
import io.github.sparkcnn.compare.ComparisonPlan;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.train.TrainingRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.apache.spark.sql.SparkSession;

/**
 * What two workers in {@code local[2]} make of what the machine has: {@code DATA-FOLDER EPOCHS IMAGES [NETWORK [ROUNDS]]}. The
 * ceiling is two independent one-thread processes that train half of the images each, side by side; then two workers train all of
 * them. By turns in as many rounds, since a machine's speed changes; told are medians, and of what part of its own round's ceiling.
 */
public final class ScalingBenchmark {

    private static final String ALONE = "alone";
    private static final int WORKERS = 2;

    private ScalingBenchmark() {}

    public static void main(String[] args) throws IOException {
        if (args[0].equals(ALONE)) {
            System.out.println(alone(List.of(args).subList(1, args.length)));
            return;
        }
        String network = args.length > 3 ? args[3] : "fashion-cnn";
        int epochs = Integer.parseInt(args[1]);
        int images = Integer.parseInt(args[2]);
        int rounds = args.length > 4 ? Integer.parseInt(args[4]) : 3;
        Line alone = new Line("two processes", "-");
        List<Line> lines = new ArrayList<>(List.of(alone));
        for (int frequency : new int[] {1, 5, 10}) {
            lines.add(new Line("all-reduce", Integer.toString(frequency)));
        }
        lines.add(new Line("dl4j-averaging", "5"));
        try (SparkSession spark = session(WORKERS)) {
            for (int round = 0; round < rounds; round++) {
                double ceiling = ceiling(settings(args[0], epochs, images / WORKERS, network));
                alone.add(images / ceiling, ceiling, ceiling);
                for (Line line : lines.subList(1, lines.size())) {
                    line.measure(spark, settings(args[0], epochs, images, network), ceiling);
                }
            }
        }
        print(
                "strategy",
                "frequency",
                "s/epoch",
                "images/s",
                "ceiling",
                "range",
                "compute",
                "averaging",
                "waiting",
                "other");
        lines.forEach(Line::print);
    }

    /** One way of training, and what was measured of it in each round. */
    private static final class Line {
        private final String strategy;
        private final String frequency;
        private final Sample seconds = new Sample();
        private final Sample rates = new Sample();
        private final Sample ofCeiling = new Sample();
        private final List<Comparison.Shares> shares = new ArrayList<>();

        Line(String strategy, String frequency) {
            this.strategy = strategy;
            this.frequency = frequency;
        }

        void measure(SparkSession spark, List<String> settings, double ceiling) {
            Comparison.Row row = new CompareRun(
                            spark,
                            storage(spark),
                            further -> {
                                List<String> all = new ArrayList<>(settings);
                                all.add("training.averaging-frequency=" + frequency);
                                all.addAll(further);
                                return configuration(all);
                            },
                            ComparisonPlan.parse(strategy, Integer.toString(WORKERS), "worker", 1),
                            storage(spark).path(temporary().resolve("compared").toString()),
                            List.of())
                    .execute()
                    .rows()
                    .get(0);
            add(row.seconds(), row.imagesPerSecond(), ceiling);
            Optional.ofNullable(row.shares()).ifPresent(shares::add);
        }

        void add(double epoch, double rate, double ceiling) {
            seconds.add(epoch);
            rates.add(rate);
            ofCeiling.add(rate / ceiling);
        }

        void print() {
            ScalingBenchmark.print(
                    strategy,
                    frequency,
                    number("%.2f", seconds.median()),
                    number("%.0f", rates.median()),
                    number("%.2f", ofCeiling.median()),
                    ofCeiling.range("%.2f"),
                    share(Comparison.Shares::compute),
                    share(Comparison.Shares::averaging),
                    share(Comparison.Shares::waiting),
                    share(Comparison.Shares::other));
        }

        private String share(ToDoubleFunction<Comparison.Shares> part) {
            Sample sample = new Sample();
            shares.stream().mapToDouble(part).forEach(sample::add);
            return shares.isEmpty() ? "-" : number("%.3f", sample.median());
        }
    }

    /** Images a second of all processes together. */
    private static double ceiling(List<String> settings) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ScalingBenchmark.class.getName(), ALONE));
        command.addAll(settings);
        command.addAll(List.of("training.strategy=local", "device.threads=1"));
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
            ProcessBuilder process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
            process.environment().put("OMP_NUM_THREADS", "1");
            processes.add(process.start());
        }
        double sum = 0;
        for (Process process : processes) {
            String[] lines = new String(process.getInputStream().readAllBytes(), UTF_8).split("\n", -1);
            // The last line ends with a line break, too.
            sum += Double.parseDouble(lines[lines.length - 2]);
        }
        return sum;
    }

    /** Images a second of one process: the median over the epochs after the first. */
    private static double alone(List<String> settings) {
        try (SparkSession spark = session(1)) {
            double[] rates = new TrainingRun(
                            spark,
                            configuration(settings),
                            storage(spark),
                            storage(spark).path(temporary().resolve("alone").toString()),
                            List.of())
                    .execute().epochs().stream()
                            .skip(1)
                            .mapToDouble(EpochMetrics::imagesPerSecond)
                            .sorted()
                            .toArray();
            return (rates[(rates.length - 1) / 2] + rates[rates.length / 2]) / 2;
        }
    }

    /** Without a test set: evaluation would let the other process have the machine for itself. */
    private static List<String> settings(String data, int epochs, int images, String network) {
        if (epochs < 2) {
            throw new IllegalArgumentException("the first epoch does not count: give 2 or more, not " + epochs);
        }
        return List.of(
                "data.train=" + data,
                "data.train-images=" + images,
                "network.name=" + network,
                "training.epochs=" + epochs,
                "training.checkpoint.every-epochs=0");
    }

    private static Configuration configuration(List<String> settings) {
        return ConfigurationReader.read("benchmark", "", settings);
    }

    private static SparkSession session(int cores) {
        return SparkSession.builder()
                .master("local[" + cores + "]")
                .appName("scaling benchmark")
                .config("spark.ui.enabled", "false")
                .config("spark.ui.showConsoleProgress", "false")
                .getOrCreate();
    }

    private static Storage storage(SparkSession spark) {
        return Storage.ofLocalMaster(spark.sparkContext().hadoopConfiguration());
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("scaling-benchmark");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create a temporary folder: " + e.getMessage(), e);
        }
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private static void print(String... cells) {
        System.out.printf("%-16s %9s %9s %9s %9s %9s %9s %9s %9s %9s%n", (Object[]) cells);
    }
}
