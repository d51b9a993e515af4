package io.github.sparkcnn.predict;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.DeviceConfig;
import io.github.sparkcnn.config.DeviceConfig.Precision;
import io.github.sparkcnn.kernel.BackendReport;
import io.github.sparkcnn.kernel.Engines;
import io.github.sparkcnn.kernel.KernelOptions;
import io.github.sparkcnn.kernel.Kernels;
import io.github.sparkcnn.kernel.RequiredBackend;
import java.util.Optional;
import java.util.function.Consumer;

/** What a saved model is run on: the keys {@code device.*}, and who is told where less computes than was asked for. */
public final class PredictionDevice {

    /** Whatever there is, on one thread; nobody is told. */
    public static final PredictionDevice ANY = new PredictionDevice(Optional.empty(), text -> {});

    private final Optional<DeviceConfig> config;
    private final Consumer<String> notice;

    private PredictionDevice(Optional<DeviceConfig> config, Consumer<String> notice) {
        this.config = config;
        this.notice = notice;
    }

    /**
     * What the keys ask for; {@code device.threads = null} is one thread here.
     *
     * @param notice told, in a sentence, of every shortfall
     */
    public static PredictionDevice of(DeviceConfig config, Consumer<String> notice) {
        return new PredictionDevice(Optional.of(config), notice);
    }

    /**
     * Wakes the natives of the driver.
     *
     * @throws io.github.sparkcnn.UserException where they are not what is asked for
     */
    public void wake() {
        config.ifPresentOrElse(RequiredBackend::wake, Kernels::wake);
    }

    /**
     * The same for what an engine needs.
     *
     * @throws UserException where it cannot compute in what is asked for
     */
    public void wake(PredictionEngine engine) {
        if (engine == PredictionEngine.ONNX) {
            requireFloat32();
        }
        config.map(device -> device.withEngine(kernels(engine).engine()))
                .ifPresentOrElse(RequiredBackend::wake, Kernels::wake);
    }

    /**
     * Wakes the natives of the driver, which runs the model itself.
     *
     * @throws io.github.sparkcnn.UserException where they are not what is asked for
     */
    void wakeToCompute() {
        config.ifPresentOrElse(RequiredBackend::wakeToCompute, Kernels::wake);
    }

    /** Of each replica of the saved network. */
    KernelOptions kernels(PredictionEngine engine) {
        KernelOptions options = config.map(
                        device -> KernelOptions.of(device, device.threads().orElse(1)))
                .orElse(KernelOptions.defaults());
        return switch (engine) {
            case ONEDNN -> options.withEngine(Engines.ONEDNN);
            case TORCH -> options.withEngine(Engines.TORCH);
            case AUTO, DL4J, ONNX -> options;
        };
    }

    /**
     * Refuses what ONNX Runtime does not do: it multiplies the model's numbers as they are.
     *
     * @throws UserException naming the precision that is asked for
     */
    void requireFloat32() {
        Precision asked = config.map(DeviceConfig::precision).orElse(Precision.FLOAT32);
        if (asked != Precision.FLOAT32) {
            throw new UserException(
                    "use device.precision = " + asked.word(),
                    "ONNX Runtime computes in float32",
                    "Set device.precision = float32, or predict with another engine");
        }
    }

    /** {@code device.threads}; empty where nobody has said. */
    Optional<Integer> threads() {
        return config.flatMap(DeviceConfig::threads);
    }

    /** Warns of what {@code who} computes on, if that is less than was asked for. */
    void tell(String who, BackendReport backend) {
        backend.warning(who).ifPresent(notice);
    }
}
