package io.github.sparkcnn.device;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.apache.spark.SparkConf;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.apache.spark.resource.ResourceInformation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Named by {@code spark.plugins} where {@code device.backend} is {@code cuda}: binds each executor to the GPU that Spark
 * assigned to it, as it starts. An executor that cannot be bound does not start; its log says why. The {@link DeviceBinding}
 * comes from the class path ({@link ServiceLoader}).
 */
public final class DevicePlugin implements SparkPlugin {
    private static final Logger LOG = LoggerFactory.getLogger(DevicePlugin.class);
    private static final String PLUGINS = "spark.plugins";

    /** Names the plugin beside those that are named already. Has no effect on a session that has started. */
    public static void addTo(SparkConf conf) {
        String name = DevicePlugin.class.getName();
        String others = conf.get(PLUGINS, "");
        if (!List.of(others.split(",", -1)).contains(name)) {
            conf.set(PLUGINS, others.isEmpty() ? name : others + "," + name);
        }
    }

    @Override
    public DriverPlugin driverPlugin() {
        return new DriverPlugin() {};
    }

    @Override
    public ExecutorPlugin executorPlugin() {
        return new Executor(
                new NvidiaSmi(),
                DeviceAssignment.cudaVisibleDevices(),
                assigned -> ServiceLoader.load(DeviceBinding.class)
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("no DeviceBinding on the class path"))
                        .bind(assigned));
    }

    /** The executor's side. */
    static final class Executor implements ExecutorPlugin {
        private final DeviceProbe probe;
        private final Optional<String> cudaVisibleDevices;
        private final DeviceBinding binding;

        Executor(DeviceProbe probe, Optional<String> cudaVisibleDevices, DeviceBinding binding) {
            this.probe = probe;
            this.cudaVisibleDevices = cudaVisibleDevices;
            this.binding = binding;
        }

        @Override
        public void init(PluginContext context, Map<String, String> extraConf) {
            ResourceInformation gpus = context.resources().get("gpu");
            List<String> addresses = gpus == null ? List.of() : List.of(gpus.addresses());
            DeviceAssignment.Assigned assigned = DeviceAssignment.of(probe.devices(), cudaVisibleDevices, addresses);
            binding.bind(assigned);
            LOG.info(
                    "Executor {} computes on {}, CUDA's {}",
                    context.executorID(),
                    assigned.device(),
                    assigned.ordinal());
        }
    }
}
