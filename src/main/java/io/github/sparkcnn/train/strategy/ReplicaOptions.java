package io.github.sparkcnn.train.strategy;

import io.github.sparkcnn.config.ClippingConfig;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.DeviceConfig.Backend;
import io.github.sparkcnn.config.TrainingConfig;
import io.github.sparkcnn.config.TrainingConfig.Strategy;
import io.github.sparkcnn.kernel.ClassWeights;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.update.GradientClipping;
import io.github.sparkcnn.kernel.update.UpdateRule;
import org.apache.spark.SparkConf;

/** The kernels, threads and steps of the replicas in the driver and in the workers. */
public final class ReplicaOptions {

    private ReplicaOptions() {}

    /** The driver's computes on a GPU where it trains itself only. */
    public static KernelOptions ofDriver(Configuration configuration, UpdateRule rule) {
        return inDriver(configuration, options(configuration, driverThreads(configuration), rule));
    }

    /** The same for a replica that only predicts. */
    public static KernelOptions ofDriverThatPredicts(Configuration configuration) {
        return inDriver(configuration, KernelOptions.of(configuration.device(), driverThreads(configuration)));
    }

    private static KernelOptions inDriver(Configuration configuration, KernelOptions options) {
        return configuration.device().backend() == Backend.CPU || driverTrains(configuration)
                ? options
                : options.besideGpus();
    }

    private static int driverThreads(Configuration configuration) {
        return configuration.device().threads().orElse(Runtime.getRuntime().availableProcessors());
    }

    /** Whether no executor trains. */
    public static boolean driverTrains(Configuration configuration) {
        return configuration.training().strategy() == Strategy.LOCAL;
    }

    /** As many threads as Spark gives a task. */
    static KernelOptions ofWorker(SparkConf spark, Configuration configuration, UpdateRule rule) {
        return options(configuration, spark.getInt("spark.task.cpus", 1), rule);
    }

    private static KernelOptions options(Configuration configuration, int threads, UpdateRule rule) {
        TrainingConfig training = configuration.training();
        return KernelOptions.of(configuration.device(), threads)
                .withTraining()
                .withRule(rule)
                .withWeights(new ClassWeights(training.classWeights()))
                .withClipping(clipping(training.clipping()));
    }

    private static GradientClipping clipping(ClippingConfig config) {
        return config.norm()
                .map(GradientClipping::byNorm)
                .or(() -> config.value().map(GradientClipping::byValue))
                .orElse(GradientClipping.NONE);
    }
}
