package io.github.sparkcnn.bench.gpu;

import io.github.sparkcnn.config.DeviceConfig;
import io.github.sparkcnn.config.DeviceConfig.Averaging;
import io.github.sparkcnn.config.DeviceConfig.Backend;
import io.github.sparkcnn.config.DeviceConfig.Precision;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.kernel.Engines;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.network.Network;
import java.util.List;
import java.util.Optional;

/**
 * What is checked, and how long.
 *
 * @param device {@code cpu} or {@code cuda}
 * @param steps of training where results are compared
 * @param batch images of a step where speed is measured
 * @param seconds of each measurement
 * @param rounds by turns with PyTorch
 * @param python interpreter that may have PyTorch
 */
record Bench(
        String device,
        List<String> networks,
        List<Precision> precisions,
        int steps,
        int batch,
        double seconds,
        int rounds,
        String python) {

    private static final String CUDA = "cuda";

    /** Of a process that shares the device with another, which says what to train. */
    static Bench sharing(String device) {
        return new Bench(device, List.of(), List.of(), 0, 0, 0, 0, "");
    }

    boolean isCuda() {
        return device.equals(CUDA);
    }

    /** What a run on the device would be configured by. */
    DeviceConfig config(Precision precision) {
        Backend backend = isCuda() ? Backend.CUDA : Backend.CPU;
        return new DeviceConfig(backend, Optional.empty(), Engines.TORCH, true, precision, Averaging.RING);
    }

    /** On the device that is checked. */
    Replica open(Network network, Precision precision) {
        return open(network, KernelOptions.of(config(precision), 1));
    }

    /** On the processor, by oneDNN. */
    Replica oracle(Network network) {
        return open(network, KernelOptions.defaults().withEngine(Engines.ONEDNN));
    }

    private static Replica open(Network network, KernelOptions options) {
        return Engines.open(network, ImageShape.MNIST, options.withTraining());
    }
}
