package io.github.sparkcnn.submit;

import io.github.sparkcnn.SparkUnderTest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.yarn.api.records.ApplicationReport;
import org.apache.hadoop.yarn.api.records.YarnApplicationState;
import org.apache.hadoop.yarn.client.api.YarnClient;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.exceptions.YarnException;
import org.apache.hadoop.yarn.server.MiniYARNCluster;

/** HDFS, and YARN with a ResourceManager and two NodeManagers, in this JVM; containers are processes. */
public final class YarnCluster implements AutoCloseable {

    /** A launcher's options for containers that fit such a cluster. */
    static final List<String> SMALL = List.of(
            "--conf", "spark.yarn.jars=local:" + SparkUnderTest.home() + "/jars/*",
            // The Maven build's Spark lacks the class of YARN's that filters its pages.
            "--conf", "spark.ui.enabled=false",
            "--conf", "spark.driver.defaultJavaOptions=" + SparkUnderTest.QUICK_START,
            "--conf", "spark.executor.defaultJavaOptions=" + SparkUnderTest.QUICK_START,
            "--conf", "spark.executor.cores=1",
            "--conf", "spark.task.cpus=1",
            "--conf", "spark.executorEnv.OMP_NUM_THREADS=1",
            "--conf", "spark.executor.memory=1g",
            "--conf", "spark.executor.memoryOverhead=1g",
            "--conf", "spark.driver.cores=1",
            "--conf", "spark.driver.memory=1g",
            "--conf", "spark.driver.memoryOverhead=1g");

    private static final String DEFAULT_FILE_SYSTEM = "fs.defaultFS";

    private final Path folder;
    private final MiniDFSCluster hdfs;
    private final MiniYARNCluster yarn;
    /** There from the start: whoever kills does not wait for it. */
    private final YarnClient client = YarnClient.createYarnClient();

    private YarnCluster(Path folder, MiniDFSCluster hdfs, MiniYARNCluster yarn) {
        this.folder = folder;
        this.hdfs = hdfs;
        this.yarn = yarn;
    }

    public static YarnCluster start(Path folder) throws IOException {
        System.setProperty("test.build.data", folder.toString());
        YarnConfiguration conf = new YarnConfiguration();
        conf.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
        conf.set("yarn.scheduler.capacity.maximum-am-resource-percent", "0.8");
        conf.set("yarn.scheduler.capacity.root.queues", "default");
        conf.set("yarn.scheduler.capacity.root.default.capacity", "100");
        conf.setInt(YarnConfiguration.RM_SCHEDULER_MINIMUM_ALLOCATION_MB, 128);
        conf.setInt(YarnConfiguration.YARN_MINICLUSTER_NM_PMEM_MB, 8192);
        conf.setBoolean(YarnConfiguration.NM_PMEM_CHECK_ENABLED, false);
        conf.setBoolean(YarnConfiguration.NM_VMEM_CHECK_ENABLED, false);
        conf.setFloat(YarnConfiguration.NM_MAX_PER_DISK_UTILIZATION_PERCENTAGE, 99.5f);
        MiniDFSCluster hdfs = new MiniDFSCluster.Builder(conf).build();
        conf.set(DEFAULT_FILE_SYSTEM, hdfs.getURI().toString());
        MiniYARNCluster yarn = new MiniYARNCluster("yarn", 2, 1, 1);
        YarnCluster cluster = new YarnCluster(folder, hdfs, yarn);
        try {
            yarn.init(conf);
            yarn.start();
            cluster.client.init(yarn.getConfig());
            cluster.client.start();
            cluster.writeConfiguration();
            return cluster;
        } catch (IOException | RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    /** What a launcher needs in its environment. */
    Map<String, String> environment() {
        return Map.of("HADOOP_CONF_DIR", folder.resolve("conf").toString());
    }

    /** The same for a process that is started without a launcher, as Spark's properties. */
    public Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>();
        yarn.getConfig().iterator().forEachRemaining(entry -> {
            if (entry.getKey().startsWith("yarn.resourcemanager.")
                    || entry.getKey().equals(DEFAULT_FILE_SYSTEM)) {
                properties.put(
                        "spark.hadoop." + entry.getKey(), yarn.getConfig().get(entry.getKey()));
            }
        });
        return properties;
    }

    /** Kills all applications, as an operator does. */
    public void killApplications() throws IOException, YarnException {
        for (ApplicationReport running :
                client.getApplications(EnumSet.of(YarnApplicationState.ACCEPTED, YarnApplicationState.RUNNING))) {
            client.killApplication(running.getApplicationId());
        }
    }

    /** HDFS. */
    public FileSystem fileSystem() throws IOException {
        return hdfs.getFileSystem();
    }

    /** A file on HDFS. */
    String read(String path) throws IOException {
        try (var in = hdfs.getFileSystem().open(new org.apache.hadoop.fs.Path(path))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    boolean exists(String path) throws IOException {
        return hdfs.getFileSystem().exists(new org.apache.hadoop.fs.Path(path));
    }

    /** What all containers have printed to a stream of theirs, stdout or stderr. */
    String logs(String stream) throws IOException {
        return logs(folder, stream);
    }

    /** The same of a cluster of another process. */
    static String logs(Path folder, String stream) throws IOException {
        StringBuilder logs = new StringBuilder();
        for (Path file : LiveFolder.files(folder)) {
            if (file.toString().matches(".*/container_[^/]*/" + stream)) {
                logs.append(Files.readString(file));
            }
        }
        return logs.toString();
    }

    private void writeConfiguration() throws IOException {
        Configuration clients = new Configuration(yarn.getConfig());
        // A class of MiniDFSCluster's own, which clients do not have.
        clients.unset("net.topology.node.switch.mapping.impl");
        Path conf = Files.createDirectories(folder.resolve("conf"));
        for (String name : new String[] {"core-site.xml", "yarn-site.xml"}) {
            try (OutputStream out = Files.newOutputStream(conf.resolve(name))) {
                clients.writeXml(out);
            }
        }
    }

    @Override
    public void close() {
        client.stop();
        yarn.stop();
        hdfs.shutdown();
    }
}
