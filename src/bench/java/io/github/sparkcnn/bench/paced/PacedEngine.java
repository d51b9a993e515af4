package io.github.sparkcnn.bench.paced;

import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.kernel.BackendReport;
import io.github.sparkcnn.kernel.Engine;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.Opening;
import io.github.sparkcnn.network.Network;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.TaskContext;

/** {@code paced}: opens replicas that sleep in place of computing, at the {@link Pace} of the Spark application. */
public final class PacedEngine implements Engine {

    static final String NAME = "paced";

    @Override
    public String name() {
        return NAME;
    }

    /** A worker's replica keeps an account of what it does; the driver's, which only stands by, is in no hurry. */
    @Override
    public Opening open(Network network, ImageShape images, KernelOptions options, BackendReport machine) {
        TaskContext task = TaskContext.get();
        return new Opening.Opened(
                task == null
                        ? new PacedReplica(network, nanos -> {}, Pace.ofSpark(), new Account(), machine)
                        : new PacedReplica(
                                network, new Sleep(), Pace.ofSpark(), Account.opened(task.partitionId()), machine));
    }

    /**
     * Has the registry of engines find this one, here and in the tasks of a Spark session that is started in this thread afterwards.
     *
     * @param folder for what names it
     */
    public static void letBeFound(Path folder) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(Engine.class.getName()), PacedEngine.class.getName());
        Thread thread = Thread.currentThread();
        thread.setContextClassLoader(
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, thread.getContextClassLoader()));
    }
}
