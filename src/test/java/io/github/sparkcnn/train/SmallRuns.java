package io.github.sparkcnn.train;

import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.io.Storage;
import io.github.sparkcnn.model.ModelFolder;
import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.train.listener.TrainingListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;

/** Training runs in a folder: all-convolutional (no dropout) in the driver, unless the settings say otherwise. */
public final class SmallRuns {

    /** A network whose masks follow from a minibatch's number; the small one that is quick has none. */
    static final String WITH_DROPOUT = "network.name=fashion-cnn";

    private final SparkSession spark;
    private final Storage storage;
    private final Path folder;

    public SmallRuns(SparkSession spark, Path folder) {
        this.spark = spark;
        this.storage = Storage.ofLocalMaster(spark.sparkContext().hadoopConfiguration());
        this.folder = folder;
    }

    public TrainingResult train(String name, String... settings) {
        return run(name, settings).execute();
    }

    /** Trains, and gives what the run told. */
    List<String> notices(String name, String... settings) {
        List<String> notices = new ArrayList<>();
        heard(name, telling(notices::add), settings);
        return notices;
    }

    /** Trains, and tells another listener too. */
    public TrainingResult heard(String name, TrainingListener listener, String... settings) {
        return run(name, listener, settings).execute();
    }

    public TrainingResult resume(String name, String... settings) {
        return run(name, settings).resume();
    }

    private TrainingRun run(String name, String... settings) {
        return run(name, telling(text -> {}), settings);
    }

    private TrainingRun run(String name, TrainingListener listener, String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "data.labels=[0,1,2,3,4,5,6,7,8,9]",
                "training.epochs=1",
                "training.strategy=local",
                "training.averaging-frequency=1",
                "device.threads=1"));
        if (Arrays.stream(settings).noneMatch(setting -> setting.startsWith("network.definition"))) {
            all.add("network.name=all-convolutional");
        }
        all.addAll(Arrays.asList(settings));
        Configuration configuration = ConfigurationReader.read(name, "", all);
        return new TrainingRun(spark, configuration, storage, storage.path(path(name)), List.of(listener));
    }

    private static TrainingListener telling(Consumer<String> notices) {
        return new TrainingListener() {
            @Override
            public void noticed(String text) {
                notices.accept(text);
            }
        };
    }

    /** Of two workers and many small minibatches, so that something can happen while they train. */
    static List<String> manySteps(Path csv) {
        return List.of(
                "data.train=" + csv,
                "network.name=all-convolutional",
                "training.epochs=3",
                "training.batch-size=1",
                "training.strategy=all-reduce",
                "training.workers=2",
                "training.averaging-frequency=1",
                "device.threads=1");
    }

    /** The folder of a run. */
    public String path(String name) {
        return folder.resolve(name).toString();
    }

    public ModelFolder.Saved saved(String name) {
        return ModelFolder.load(storage, path(name));
    }

    public float[] parameters(String name) {
        return NetworkState.of(saved(name).network()).parameters();
    }

    public Storage storage() {
        return storage;
    }

    /** The largest difference of two elements at the same place. */
    public static double furthest(float[] some, float[] others) {
        double furthest = 0;
        for (int i = 0; i < some.length; i++) {
            furthest = Math.max(furthest, Math.abs(some[i] - others[i]));
        }
        return furthest;
    }
}
