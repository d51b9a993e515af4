package io.github.sparkcnn.kernel;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.DeviceConfig;
import io.github.sparkcnn.config.DeviceConfig.Averaging;
import io.github.sparkcnn.config.DeviceConfig.Backend;
import io.github.sparkcnn.config.DeviceConfig.Precision;
import io.github.sparkcnn.device.Device;
import io.github.sparkcnn.device.DeviceAssignment.Assigned;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.kernel.BackendReport.KernelKind;
import io.github.sparkcnn.kernel.Opening.Opened;
import io.github.sparkcnn.kernel.Opening.Refused;
import io.github.sparkcnn.keys.Registry;
import io.github.sparkcnn.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Chooses the engine that runs a network: the one that is asked for, or else oneDNN where it can, or else DL4J's layers. */
public final class Engines {

    /** oneDNN directly where the network allows, DL4J's layers otherwise. */
    public static final String AUTO = "auto";

    /** oneDNN called directly. */
    public static final String ONEDNN = "onednn";

    /** libtorch. */
    public static final String TORCH = "torch";

    /** DL4J's layers, over oneDNN where DL4J has a helper for it. */
    public static final String DL4J = "dl4j";

    private static final String KEY = "device.engine";
    private static final Logger LOG = LoggerFactory.getLogger(Engines.class);

    private final Registry<Engine> registry = Registry.of(Engine.class, "engine");
    private final KernelOptions options;
    private final BackendReport machine;

    private Engines(KernelOptions options, BackendReport machine) {
        this.options = options;
        this.machine = machine;
    }

    /**
     * A replica of the network on the engine that the options ask for.
     *
     * @param network initialised; its flat arrays must not be replaced while the replica is open
     * @param images their shape
     * @throws UserException for an engine that has to run the network and cannot, with its reason
     */
    public static Replica open(Network network, ImageShape images, KernelOptions options) {
        BackendReport machine = Kernels.wake();
        return options.backend() == Backend.CUDA
                ? openOnGpu(network, images, options, machine, CudaBinding.bound(), CudaChoice.here())
                : open(network, images, options, machine);
    }

    /** @param bound the GPU of this process */
    static Replica openOnGpu(
            Network network,
            ImageShape images,
            KernelOptions options,
            BackendReport machine,
            Optional<Assigned> bound,
            CudaChoice choice) {
        Assigned gpu = bound.orElseThrow(() -> new UserException(
                "use device.backend = cuda",
                "this process is bound to no GPU",
                "Start Spark with spark.plugins=io.github.sparkcnn.device.DevicePlugin, as the commands do"));
        requirePrecision(gpu.device(), options.precision());
        GpuBuild build = RequiredBackend.chosen(options.engine(), gpu, machine, choice);
        build.letBeFound();
        return open(network, images, options.withEngine(build.engine()), machine.serving(gpu));
    }

    /**
     * Refuses a name that no engine has, and a precision that the engine does not have, before anything is opened.
     *
     * @throws UserException naming all that there are
     */
    public static void requireKnown(DeviceConfig device) {
        String name = device.engine();
        Registry<Engine> registry = Registry.of(Engine.class, "engine");
        List<String> names = new ArrayList<>(List.of(AUTO));
        names.addAll(registry.names());
        if (!names.contains(name)) {
            throw new UserException(
                    "use the configuration", KEY + " is " + name, "Set it to one of " + String.join(", ", names));
        }
        boolean onGpu = device.onGpus();
        if (onGpu) {
            CudaChoice.requireEngine(name);
        }
        if (device.averaging() == Averaging.NCCL && name.equals(DL4J)) {
            throw new UserException(
                    "use the configuration",
                    "device.averaging is nccl, which libtorch calls, and " + KEY + " is " + name,
                    "Set device.averaging = ring, or device.engine to auto or torch");
        }
        String first = onGpu ? TORCH : ONEDNN;
        requirePrecision(registry.named(name.equals(AUTO) ? first : name, KEY), device.precision());
    }

    private static void requirePrecision(Device gpu, Precision precision) {
        if (precision != Precision.FLOAT32 && !gpu.capability().hasCoarseProducts()) {
            throw new UserException(
                    "use device.precision = " + precision.word(),
                    gpu + " computes in float32",
                    "Set device.precision = float32, or use a GPU of compute capability 8.0 or more");
        }
    }

    private static void requirePrecision(Engine engine, Precision precision) {
        if (!engine.precisions().contains(precision)) {
            throw new UserException(
                    "use device.precision = " + precision.word(),
                    engine.title() + " computes in "
                            + engine.precisions().stream()
                                    .sorted()
                                    .map(Precision::word)
                                    .collect(Collectors.joining(", ")),
                    "Set device.precision to one of them, or device.engine to another");
        }
    }

    static Replica open(Network network, ImageShape images, KernelOptions options, BackendReport machine) {
        return new Engines(options, machine).open(network, images);
    }

    private Replica open(Network network, ImageShape images) {
        boolean choose = options.engine().equals(AUTO);
        Engine engine = registry.named(choose ? ONEDNN : options.engine(), KEY);
        requirePrecision(engine, options.precision());
        Engine layers = registry.named(DL4J, KEY);
        if (options.engine().equals(DL4J)) {
            return layers(layers, network, images, machine.shortfall());
        }
        Opening opening = engine.open(network, images, options, machine);
        if (opening instanceof Opened opened) {
            return opened.replica();
        }
        String reason = ((Refused) opening).reason();
        if (options.precision() != Precision.FLOAT32) {
            throw refusal(engine.title(), reason);
        }
        if (choose && machine.isCuda()) {
            return layers(layers, network, images, reason);
        }
        if (!choose || options.required()) {
            throw refusal(engine.title(), reason);
        }
        LOG.warn("oneDNN is not called directly: {}; DL4J's layers run instead", reason);
        return opened(layers.open(network, images, options, machine.ofLayers(reason)));
    }

    /** DL4J's layers where they are what is wanted: without a shortfall, unless they have to do without their helpers. */
    private Replica layers(Engine layers, Network network, ImageShape images, String reason) {
        BackendReport wanted = machine.ofLayers("");
        if (options.required() && wanted.kernels() == KernelKind.PLAIN) {
            throw refusal("oneDNN", reason);
        }
        return opened(layers.open(network, images, options, wanted));
    }

    private static Replica opened(Opening opening) {
        if (opening instanceof Opened opened) {
            return opened.replica();
        }
        throw new IllegalStateException("DL4J's layers run every network, but: " + opening);
    }

    private UserException refusal(String engine, String reason) {
        return new UserException(
                "use " + engine + " for this network",
                reason,
                options.backend() == Backend.CUDA
                        ? "Set device.backend = cpu to run it on the processor"
                        : "Set device.engine = auto and device.require-native-kernels = false"
                                + (options.precision() == Precision.FLOAT32 ? "" : " and device.precision = float32")
                                + " to run it on DL4J's layers");
    }
}
