package io.github.sparkcnn.device;

import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.apache.spark.resource.ResourceInformation;

/**
 * The value of {@code spark.plugins} on a GPU cluster: binds each executor to the GPU that Spark assigned to it, as it
 * starts. The {@link DeviceBinding} comes from the class path ({@link ServiceLoader}). It acts only where {@link #BACKEND}
 * is {@code cuda}.
 */
public final class DevicePlugin implements SparkPlugin {
    /** Set to {@code cuda} by whoever starts the session, from {@code device.backend}. */
    public static final String BACKEND = "spark.sparkcnn.device.backend";

    @Override
    public DriverPlugin driverPlugin() {
        return new DriverPlugin() {};
    }

    @Override
    public ExecutorPlugin executorPlugin() {
        return new Executor(
                new NvidiaSmi(),
                Optional.ofNullable(System.getenv("CUDA_VISIBLE_DEVICES")),
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
            if (context.conf().get(BACKEND, "cpu").equals("cuda")) {
                binding.bind(DeviceAssignment.of(probe.devices(), cudaVisibleDevices, address(context.resources())));
            }
        }

        /** An executor of several GPUs shares them out by task: its workers bind in their tasks, not here. */
        private static Optional<String> address(Map<String, ResourceInformation> resources) {
            return Optional.ofNullable(resources.get("gpu"))
                    .filter(gpu -> gpu.addresses().length == 1)
                    .map(gpu -> gpu.addresses()[0]);
        }
    }
}
