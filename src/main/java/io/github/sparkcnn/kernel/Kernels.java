package io.github.sparkcnn.kernel;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.Visible;
import io.github.sparkcnn.kernel.BackendReport.KernelKind;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.global.dnnl;
import org.deeplearning4j.nn.layers.mkldnn.BaseMKLDNNHelper;
import org.nd4j.linalg.factory.Nd4j;

/** Wakes ND4J with the natives that fit the processor and says what there is to compute on. */
public final class Kernels {
    private static final String HELPERS_DISABLED = "org.eclipse.deeplearning4j.helpers.disable";

    private Kernels() {}

    /** Once per JVM, on first use. */
    private static final class Awake {
        static final BackendReport REPORT;
        static final Optional<UserException> FAILURE;

        static {
            BackendReport report = null;
            UserException failure = null;
            try {
                report = start();
            } catch (LinkageError | RuntimeException e) { // ND4J hides the one in the other
                failure = failure(e).orElse(null);
                if (failure == null) {
                    throw e;
                }
            }
            REPORT = report;
            FAILURE = Optional.ofNullable(failure);
        }

        private static BackendReport start() {
            NativesChoice natives = NativesChoice.ofThisMachine();
            natives.apply();
            // JavaCPP's notices (ND4J's presets are older than its runtime, which is measured to be fine) go where logs
            // go.
            setUnlessSet("org.bytedeco.javacpp.logger", "slf4j");
            setUnlessSet(HELPERS_DISABLED, "false");
            setUnlessSet("org.deeplearning4j.crash.reporting.enabled", "false");
            return report(natives);
        }

        private static void setUnlessSet(String property, String value) {
            if (System.getProperty(property) == null) {
                System.setProperty(property, value);
            }
        }
    }

    /**
     * Loads the natives, those that fit the processor. Has to come before anything else touches ND4J or JavaCPP in this JVM;
     * later calls cost nothing. Every task calls it before it makes an array: with CUDA it puts the thread on the GPU of the
     * executor.
     */
    public static BackendReport wake() {
        Awake.FAILURE.ifPresent(failure -> {
            throw failure;
        });
        BackendReport report = Awake.REPORT;
        if (report.isCuda()) {
            CudaBinding.applyToThisThread();
        }
        return report;
    }

    /** The user's mistake, if the operating system would not load what JavaCPP has unpacked. */
    static Optional<UserException> failure(Throwable e) {
        return ExceptionUtils.getRootCause(e) instanceof UnsatisfiedLinkError unloaded
                ? Optional.of(new UserException(
                        "load the native libraries",
                        Visible.firstLine(unloaded),
                        "Name a folder from which programs may be run with -Dorg.bytedeco.javacpp.cachedir=DIR in"
                                + " spark.driver.extraJavaOptions and spark.executor.extraJavaOptions"))
                : Optional.empty();
    }

    private static BackendReport report(NativesChoice natives) {
        String backend = Nd4j.getExecutioner().getEnvironmentInformation().getProperty("backend");
        String shortfall = withoutHelpers(backend);
        KernelKind kernels = shortfall.isEmpty() ? KernelKind.HELPERS : KernelKind.PLAIN;
        String version = "";
        if (backend.equals("CPU")) {
            try {
                version = oneDnnVersion();
                kernels = KernelKind.ONEDNN;
            } catch (LinkageError e) {
                shortfall = "oneDNN did not load: " + Visible.firstLine(e);
            }
        }
        String build = natives.name().toLowerCase(Locale.ROOT);
        return new BackendReport(
                backend, build, kernels, version, Runtime.getRuntime().availableProcessors(), shortfall);
    }

    /** Why DL4J's layers run without their helpers; empty if they have them. */
    private static String withoutHelpers(String backend) {
        if (Boolean.getBoolean(HELPERS_DISABLED)) {
            return "DL4J's helpers are switched off by -D" + HELPERS_DISABLED;
        }
        return backend.equals(BackendReport.CUDA) || BaseMKLDNNHelper.mklDnnEnabled()
                ? ""
                : "ND4J's natives were built without oneDNN";
    }

    private static String oneDnnVersion() {
        dnnl_version_t version = dnnl.dnnl_version();
        return version.major() + "." + version.minor() + "." + version.patch();
    }
}
