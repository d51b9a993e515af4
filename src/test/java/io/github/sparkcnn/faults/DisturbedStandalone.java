package io.github.sparkcnn.faults;

import io.github.sparkcnn.SparkUnderTest;
import io.github.sparkcnn.submit.StandaloneCluster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A Master and two Workers; runs go to a folder of this machine's. */
final class DisturbedStandalone implements DisturbedCluster {

    private static final int NONE = -1;

    private final Path folder;
    private final StandaloneCluster cluster;
    private int killed = NONE;

    private DisturbedStandalone(Path folder, StandaloneCluster cluster) {
        this.folder = folder;
        this.cluster = cluster;
    }

    static DisturbedStandalone start(Path folder) throws IOException, InterruptedException {
        return new DisturbedStandalone(
                folder,
                StandaloneCluster.start(
                        Files.createDirectories(folder.resolve("cluster")), Map.of(), List.of(Map.of(), Map.of())));
    }

    @Override
    public Map<String, String> properties() {
        return Map.of(
                "spark.master",
                cluster.master(),
                "spark.cores.max",
                "2",
                "spark.executor.extraClassPath",
                SparkUnderTest.classPath());
    }

    @Override
    public List<Fault> faults() {
        return List.of(Fault.EXECUTOR_KILLED, Fault.EXECUTOR_STOPPED, Fault.DRIVER_KILLED, Fault.WORKER_KILLED);
    }

    @Override
    public String output(String run) {
        return folder.resolve(run).toString();
    }

    @Override
    public InputStream open(String run, String file) throws IOException {
        return Files.newInputStream(folder.resolve(run).resolve(file));
    }

    @Override
    public void delete(String run) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(run))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Override
    public List<ProcessHandle> executors() {
        return cluster.executors();
    }

    @Override
    public void strike(Fault fault, int victim) {
        if (fault != Fault.WORKER_KILLED) {
            throw new IllegalArgumentException(fault + " cannot happen here");
        }
        killed = victim;
        cluster.killWorker(victim);
    }

    @Override
    public void mend() throws IOException, InterruptedException {
        if (killed != NONE) {
            cluster.restartWorker(killed);
            killed = NONE;
        }
    }

    @Override
    public void close() {
        cluster.close();
    }
}
