package io.github.sparkcnn.bench.gpu;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.DeviceConfig.Precision;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.kernel.Engine;
import io.github.sparkcnn.kernel.Engines;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.kernel.Opening;
import io.github.sparkcnn.kernel.Opening.Opened;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.kernel.torch.TorchEngine;
import io.github.sparkcnn.network.Network;
import java.util.List;

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

    boolean isCuda() {
        return device.equals(CUDA);
    }

    /** The device as libtorch names it. */
    String libtorchDevice() {
        return isCuda() ? "cuda:0" : device;
    }

    /** On the device that is checked. */
    Replica open(Network network, Precision precision) {
        return open(TorchEngine.on(libtorchDevice()), network, precision);
    }

    /** On the processor, by oneDNN. */
    Replica oracle(Network network) {
        return Engines.open(
                network,
                ImageShape.MNIST,
                KernelOptions.defaults().withEngine(Engines.ONEDNN).withTraining());
    }

    private static Replica open(Engine engine, Network network, Precision precision) {
        KernelOptions options = KernelOptions.defaults().withTraining().withPrecision(precision);
        Opening opening = engine.open(network, ImageShape.MNIST, options, Kernels.wake());
        if (opening instanceof Opened opened) {
            return opened.replica();
        }
        throw new UserException("check the device", opening.toString(), "Name other networks with --networks");
    }
}
