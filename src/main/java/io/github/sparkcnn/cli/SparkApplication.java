package io.github.sparkcnn.cli;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.DeviceConfig;
import io.github.sparkcnn.console.Console;
import io.github.sparkcnn.console.NextCommands;
import io.github.sparkcnn.device.Device;
import io.github.sparkcnn.device.DeviceAssignment;
import io.github.sparkcnn.device.DevicePlugin;
import io.github.sparkcnn.device.DeviceProbe;
import io.github.sparkcnn.device.NvidiaSmi;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.kernel.Engines;
import io.github.sparkcnn.kernel.RequiredBackend;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;

/** The Spark application of a command. Paths have a meaning before the session starts, so that mistakes are found first. */
final class SparkApplication {

    private static final String MASTER = "spark.master";

    private final SparkConf conf;
    private final Console console = Console.standard();
    private boolean inLog;

    SparkApplication(String name) {
        conf = new SparkConf().setAppName(name);
        // Part files are numbered on the executors, in the digits of their machine's language.
        conf.setIfMissing("spark.executor.defaultJavaOptions", "-Duser.language=en");
        if (!conf.contains(MASTER)) {
            throw new UserException(
                    "start Spark", MASTER + " is not set", "Run it through submit/local or spark-submit --master …");
        }
    }

    /** Where it says what it is doing. */
    Console console() {
        return console;
    }

    /** Says in a log too what takes long; without this, on a terminal only. */
    SparkApplication tellingInLog() {
        inLog = true;
        return this;
    }

    /** Spark's. */
    String master() {
        return conf.get(MASTER);
    }

    /** What the user may want to do when it has come to its end. */
    NextCommands next() {
        return NextCommands.of(System.getenv(), master());
    }

    Storage storage() {
        return Storage.ofMaster(conf.get(MASTER), SparkHadoopUtil.get().newConfiguration(conf));
    }

    /**
     * Where GPUs are asked for, makes every executor bind itself to its own as it starts; on a local master requires one here before Spark
     * starts. A session that runs stays as it is.
     */
    SparkApplication on(DeviceConfig device) {
        return on(device, new NvidiaSmi(), DeviceAssignment.cudaVisibleDevices());
    }

    SparkApplication on(DeviceConfig device, DeviceProbe probe, Optional<String> visible) {
        if (device.onGpus()) {
            if (conf.get(MASTER).matches("local(\\[.*)?")) {
                requireDevice(device, probe.devices(), visible);
            }
            DevicePlugin.addTo(conf);
        }
        return this;
    }

    /** The driver is the executor, to which Spark assigns no GPU; found here, it is no failed start of Spark. */
    private static void requireDevice(DeviceConfig device, List<Device> devices, Optional<String> visible) {
        Engines.requireKnown(device);
        RequiredBackend.requireUsable(
                device, DeviceAssignment.of(devices, visible, List.of()).device());
    }

    /**
     * Refuses to write a table of which the catalogue would forget the name as the command ends; a session that runs may know it
     * longer.
     *
     * @param table as in SQL
     */
    void requireLastingCatalogue(String table) {
        if (SparkSession.getDefaultSession().isEmpty()) {
            requireLastingCatalogue(conf, table);
        }
    }

    static void requireLastingCatalogue(SparkConf conf, String table) {
        String first = table.replaceAll("\\..*", "");
        boolean isLasting =
                conf.get("spark.sql.catalogImplementation", "in-memory").equals("hive")
                        || conf.contains("spark.sql.defaultCatalog")
                        || conf.contains("spark.sql.catalog." + first);
        if (!isLasting) {
            throw new UserException(
                    "write predictions to table " + table,
                    "Spark's catalogue is in memory and ends with the command",
                    "Give Spark a catalogue that lasts, e.g. spark.sql.catalogImplementation=hive, or name a folder with"
                            + " --output");
        }
    }

    /** Runs on a session, which is stopped afterwards unless it was there before, as in a notebook. */
    <T> T run(Function<SparkSession, T> work) {
        boolean theirs = SparkSession.getDefaultSession().isDefined();
        SparkSession spark = SparkSession.builder().config(conf).getOrCreate();
        RunningJobs watched = RunningJobs.of(spark.sparkContext(), console, inLog);
        try {
            return work.apply(spark);
        } finally {
            watched.close();
            console.close();
            if (!theirs) {
                spark.stop();
            }
        }
    }
}
