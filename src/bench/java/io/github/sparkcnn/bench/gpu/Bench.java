package io.github.sparkcnn.bench.gpu;

import io.github.sparkcnn.config.DeviceConfig;
import io.github.sparkcnn.config.DeviceConfig.Averaging;
import io.github.sparkcnn.config.DeviceConfig.Backend;
import io.github.sparkcnn.config.DeviceConfig.Precision;
import io.github.sparkcnn.data.minibatch.Minibatches;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.kernel.Engines;
import io.github.sparkcnn.kernel.KeptImages;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.kernel.RequiredBackend;
import io.github.sparkcnn.kernel.torch.KeptOnHost;
import io.github.sparkcnn.network.Network;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /** Of a process that is told the rest otherwise. */
    static Bench on(String device) {
        return new Bench(device, List.of(), List.of(), 0, 0, 0, 0, "");
    }

    /** For another process. */
    List<String> words() {
        return List.of(
                device,
                String.join(",", networks),
                precisions.stream().map(Precision::name).collect(Collectors.joining(",")),
                Integer.toString(steps),
                Integer.toString(batch),
                Double.toString(seconds),
                Integer.toString(rounds),
                python);
    }

    static Bench of(List<String> words) {
        return new Bench(
                words.get(0),
                List.of(words.get(1).split(",", -1)),
                Stream.of(words.get(2).split(",", -1)).map(Precision::valueOf).toList(),
                Integer.parseInt(words.get(3)),
                Integer.parseInt(words.get(4)),
                Double.parseDouble(words.get(5)),
                Integer.parseInt(words.get(6)),
                words.get(7));
    }

    boolean isCuda() {
        return device.equals(CUDA);
    }

    /** Makes the device this process's own; refuses one that nothing here computes on. */
    void wake() {
        RequiredBackend.wakeToCompute(config(Precision.FLOAT32));
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

    /** As a run does on a GPU; for a processor too, which has a run's images already. */
    Optional<KeptImages> keep(Replica replica, Minibatches minibatches) {
        return isCuda()
                ? replica.keep(minibatches.images(), minibatches.scale())
                : Optional.of(KeptOnHost.of(replica, minibatches.images(), minibatches.scale()));
    }

    private static Replica open(Network network, KernelOptions options) {
        return Engines.open(network, ImageShape.MNIST, options.withTraining());
    }
}
