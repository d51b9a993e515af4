package io.github.sparkcnn.soak;

import io.github.sparkcnn.SparkUnderTest;
import io.github.sparkcnn.submit.LiveFolder;
import io.github.sparkcnn.submit.StandaloneCluster;
import io.github.sparkcnn.train.RunProcess;
import io.github.sparkcnn.train.StripedImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * {@code FOLDER [EPOCHS]}: a long training of a small network with checkpoints on two executors, its processes watched; leaves
 * soak.csv and soak.svg in the folder, and ends with 1 if something grows.
 */
public final class SoakCommand {

    private static final int EVERY = 5;
    private static final List<Figure> OF_PROCESSES = List.of(Figure.HEAP, Figure.OUTSIDE, Figure.THREADS, Figure.FILES);
    /** What is not the project's is kept small and still, as in MemoryIT. */
    private static final Map<String, String> MALLOC =
            Map.of("MALLOC_MMAP_THRESHOLD_", "65536", "MALLOC_TRIM_THRESHOLD_", "65536", "MALLOC_ARENA_MAX", "2");

    private final Path folder;
    private final int epochs;
    private final Map<String, Series> series = new LinkedHashMap<>();

    private SoakCommand(Path folder, int epochs) {
        this.folder = folder;
        this.epochs = epochs;
    }

    public static void main(String... args) throws Exception {
        Path folder = Files.createDirectories(Path.of(args[0])).toAbsolutePath();
        int epochs = args.length > 1 ? Integer.parseInt(args[1]) : 200;
        System.exit(new SoakCommand(folder, epochs).run() ? 0 : 1);
    }

    private boolean run() throws Exception {
        StripedImages.writeCsv(folder.resolve("train.csv"), 240, 1);
        StripedImages.writeCsv(folder.resolve("test.csv"), 40, 2);
        for (String name : List.of("cluster", "local", "tmp")) {
            Files.createDirectories(folder.resolve(name));
        }
        Map<String, String> worker =
                Map.of("SPARK_LOCAL_DIRS", folder.resolve("local").toString());
        try (StandaloneCluster cluster =
                        StandaloneCluster.start(folder.resolve("cluster"), Map.of(), List.of(worker, worker));
                RunProcess run = train(cluster)) {
            watch(run, cluster);
            if (run.awaitEnd(Duration.ofMinutes(5)) != 0) {
                throw new IllegalStateException(run.output());
            }
        }
        Files.writeString(folder.resolve("soak.csv"), csv());
        Files.writeString(folder.resolve("soak.svg"), SoakPlot.of(List.copyOf(series.values())));
        System.out.printf(
                "%-30s %-11s %9s %9s %9s %s%n",
                "", "", "first", "half-way", "last", "growth per 100 epochs, second half");
        series.values().forEach(System.out::println);
        return series.values().stream().allMatch(Series::isFlat);
    }

    private RunProcess train(StandaloneCluster cluster) throws IOException {
        String temporary = "-Djava.io.tmpdir=" + folder.resolve("tmp");
        Map<String, String> properties = new HashMap<>(Map.of(
                "spark.master", cluster.master(),
                "spark.ui.enabled", "false",
                "spark.driver.host", "127.0.0.1",
                "spark.cores.max", "2",
                "spark.executor.cores", "1",
                "spark.executor.memory", "500m",
                "spark.executor.extraJavaOptions", "-Xms500m -XX:+AlwaysPreTouch " + temporary,
                "spark.executorEnv.OMP_NUM_THREADS", "1",
                "spark.executor.extraClassPath", SparkUnderTest.classPath(),
                "spark.local.dir", folder.resolve("local").toString()));
        MALLOC.forEach((name, value) -> properties.put("spark.executorEnv." + name, value));
        // What Spark remembers of its jobs is bounded: here so that the bounds are reached in the first half.
        properties.put("spark.ui.retainedJobs", "50");
        properties.put("spark.ui.retainedStages", "50");
        properties.put("spark.ui.retainedTasks", "200");
        properties.put("spark.scheduler.minRegisteredResourcesRatio", "1.0");
        Map<String, String> environment = new HashMap<>(MALLOC);
        environment.put("JDK_JAVA_OPTIONS", "-Xms1g -XX:+AlwaysPreTouch " + temporary);
        return RunProcess.start(
                folder.resolve("driver.log"),
                properties,
                environment,
                SoakDriver.class,
                List.of(
                        folder.resolve("run").toString(),
                        "data.train=" + folder.resolve("train.csv"),
                        "data.test=" + folder.resolve("test.csv"),
                        "training.epochs=" + epochs,
                        "training.batch-size=30",
                        "training.strategy=all-reduce",
                        "training.workers=2",
                        "training.averaging-frequency=1"));
    }

    private void watch(RunProcess run, StandaloneCluster cluster) throws Exception {
        Map<String, WatchedProcess> processes = new LinkedHashMap<>();
        try {
            for (int epoch = EVERY; epoch <= epochs; epoch += EVERY) {
                SoakDriver.Line line = await(epoch, run);
                if (line.epoch() >= epochs) {
                    return;
                }
                if (processes.isEmpty()) {
                    processes.put("driver", WatchedProcess.attach(run.pid()));
                    for (ProcessHandle executor : cluster.executors()) {
                        processes.put("executor " + processes.size(), WatchedProcess.attach(executor.pid()));
                    }
                }
                sample(line, processes);
            }
        } finally {
            for (WatchedProcess process : processes.values()) {
                process.close();
            }
        }
    }

    private void sample(SoakDriver.Line line, Map<String, WatchedProcess> processes) throws Exception {
        add(Figure.TEMPORARY, "all", line.epoch(), (double) temporaryFiles());
        add(Figure.BROADCASTS, "all", line.epoch(), line.broadcasts());
        add(Figure.STORAGE, "all", line.epoch(), line.bytes() / 1e6);
        for (Map.Entry<String, WatchedProcess> process : processes.entrySet()) {
            process.getValue().collectGarbage();
            for (Figure figure : OF_PROCESSES) {
                add(figure, process.getKey(), line.epoch(), process.getValue().figure(figure));
            }
        }
    }

    private void add(Figure figure, String process, int epoch, double value) {
        series.computeIfAbsent(figure + " " + process, name -> new Series(figure, process))
                .add(epoch, value);
        System.out.printf("epoch %d: %s, %s: %.1f%n", epoch, process, figure.title(), value);
    }

    /** The newest line, once it is of this epoch or a later one. */
    private static SoakDriver.Line await(int epoch, RunProcess run) throws InterruptedException {
        while (true) {
            boolean alive = run.isAlive();
            Optional<SoakDriver.Line> newest = run.output()
                    .lines()
                    .filter(SoakDriver.Line::is)
                    .reduce((first, second) -> second)
                    .map(SoakDriver.Line::parse);
            if (newest.isPresent() && newest.get().epoch() >= epoch) {
                return newest.get();
            }
            if (!alive) {
                throw new IllegalStateException("ended before epoch " + epoch + "; output:\n" + run.output());
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    private long temporaryFiles() throws IOException {
        long count = 0;
        for (String name : List.of("local", "tmp", "cluster")) {
            count += LiveFolder.files(folder.resolve(name)).size();
        }
        return count;
    }

    private String csv() {
        List<String> lines = new ArrayList<>(List.of("figure,process,epoch,value"));
        series.values()
                .forEach(one -> one.points()
                        .forEach(point -> lines.add("%s,%s,%d,%.3f"
                                .formatted(
                                        one.figure().title().replace(",", ""),
                                        one.process(),
                                        point.epoch(),
                                        point.value()))));
        return String.join("\n", lines) + "\n";
    }
}
