package io.github.sparkcnn.faults;

import io.github.sparkcnn.SparkUnderTest;
import io.github.sparkcnn.submit.YarnCluster;
import io.github.sparkcnn.train.RunProcess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** YARN with a ResourceManager and two NodeManagers, the driver here; runs go to HDFS. */
final class DisturbedYarn implements DisturbedCluster {

    private final YarnCluster cluster;

    private DisturbedYarn(YarnCluster cluster) {
        this.cluster = cluster;
    }

    static DisturbedYarn start(Path folder) throws IOException {
        return new DisturbedYarn(YarnCluster.start(Files.createDirectories(folder.resolve("cluster"))));
    }

    @Override
    public Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>(cluster.properties());
        Path jars = SparkUnderTest.home().resolve("jars");
        properties.putAll(Map.of(
                "spark.master",
                "yarn",
                "spark.yarn.jars",
                "local:" + jars + "/*",
                "spark.yarn.am.memory",
                "512m",
                "spark.executor.memoryOverhead",
                "600m",
                "spark.executor.instances",
                "2",
                "spark.executor.extraClassPath",
                SparkUnderTest.classPath()));
        return properties;
    }

    @Override
    public List<Fault> faults() {
        return List.of(Fault.EXECUTOR_KILLED, Fault.EXECUTOR_STOPPED, Fault.DRIVER_KILLED, Fault.APPLICATION_KILLED);
    }

    @Override
    public String output(String run) {
        return "/runs/" + run;
    }

    @Override
    public InputStream open(String run, String file) throws IOException {
        return cluster.fileSystem().open(new org.apache.hadoop.fs.Path(output(run), file));
    }

    @Override
    public void delete(String run) throws IOException {
        cluster.fileSystem().delete(new org.apache.hadoop.fs.Path(output(run)), true);
    }

    /** The NodeManagers are in this JVM. */
    @Override
    public List<ProcessHandle> executors() {
        return ProcessHandle.current()
                .descendants()
                .filter(RunProcess::isExecutor)
                .toList();
    }

    @Override
    public void strike(Fault fault, int victim) throws Exception {
        if (fault != Fault.APPLICATION_KILLED) {
            throw new IllegalArgumentException(fault + " cannot happen here");
        }
        cluster.killApplications();
    }

    @Override
    public void close() {
        cluster.close();
    }
}
