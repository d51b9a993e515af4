package io.github.sparkcnn.bench.gpu;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.bench.Networks;
import io.github.sparkcnn.config.DeviceConfig.Precision;
import io.github.sparkcnn.device.Device;
import io.github.sparkcnn.device.DeviceAssignment.Assigned;
import io.github.sparkcnn.kernel.CudaBinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What src/bench/gpu-check runs: all that engine torch has to do on a device, and how fast it is there; ends with a table. */
@Command(
        name = "gpu-check",
        mixinStandardHelpOptions = true,
        description = "Checks engine torch on a device, and measures it.",
        exitCodeListHeading = "Exit code:%n",
        exitCodeList = {"0:every check passed", "1:a check failed", "2:it could not be made"})
final class GpuCheck implements Callable<Integer> {
    /** Those that one process makes, and those that have several. */
    private static final List<Check> IN_ONE =
            List.of(new Libraries(), new Parity(), new Determinism(), new Kept(), new Averaging());

    private static final List<Check> IN_SEVERAL = List.of(new Speed(), new Sharing(GpuCheck::isExclusive));

    private static final List<String> CHECKS =
            Stream.of(IN_ONE, IN_SEVERAL).flatMap(List::stream).map(Check::name).toList();

    @Option(names = "--device", paramLabel = "NAME", description = "cuda (default) or cpu.")
    private String device = "cuda";

    @Option(names = "--quick", description = "Few steps of few images, to see that it works.")
    private boolean quick;

    @Option(names = "--checks", split = ",", paramLabel = "NAME", description = "Of these. Default: all.")
    private List<String> checks = CHECKS;

    @Option(names = "--networks", split = ",", paramLabel = "NAME", description = "Default: the first four built in.")
    private List<String> networks = Networks.NAMES;

    @Option(names = "--precisions", split = ",", paramLabel = "NAME", description = "Default: all that the device has.")
    private List<String> precisions;

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "Images of a step, an even number. Default: 256; --quick: 16.")
    private Integer batch;

    @Option(names = "--seconds", paramLabel = "S", description = "Of a measurement. Default: 2; --quick: 0.")
    private Double seconds;

    @Option(names = "--rounds", paramLabel = "N", description = "By turns with PyTorch. Default: 3; --quick: 1.")
    private Integer rounds;

    @Option(
            names = "--python",
            paramLabel = "FILE",
            description = "An interpreter that has PyTorch. Default: $PYTHON, python3.")
    private String python = System.getenv().getOrDefault("PYTHON", "python3");

    private GpuCheck() {}

    public static void main(String[] args) {
        System.exit(execute(args));
    }

    /** Returns the exit code. */
    static int execute(String... args) {
        return new CommandLine(new GpuCheck())
                .setExecutionExceptionHandler(GpuCheck::failed)
                .setParameterExceptionHandler((mistake, words) -> {
                    System.err.println("Cannot run gpu-check: "
                            + mistake.getMessage().replaceAll("\\s+", " ").replaceAll("\\.$", "")
                            + ". Add --help to see what it takes.");
                    return 2;
                })
                .execute(args);
    }

    private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed) throws Exception {
        if (e instanceof UserException) {
            System.err.println(e.getMessage());
            return 2;
        }
        if (Child.isRefusal(e)) {
            return 2; // and the child has said why
        }
        throw e;
    }

    @Override
    public Integer call() {
        require("--device", List.of("cpu", "cuda"), List.of(device));
        require("--checks", CHECKS, checks);
        require("--networks", Networks.NAMES, networks);
        requireNumbers();
        boolean onGpu = device.equals("cuda");
        List<Precision> known = asked(precisions(onGpu, Optional.empty()));
        if (onGpu) {
            bench(known).wake(); // which only asks the driver, and leaves the GPU to the children
        }
        Bench bench = bench(asked(precisions(onGpu, CudaBinding.bound().map(Assigned::device))));
        List<Verdict> verdicts = new ArrayList<>();
        for (Check check : work()) {
            run(check, bench, verdict -> {
                verdicts.add(verdict);
                System.err.println(verdict.check() + ", " + verdict.subject() + ": " + verdict.detail());
            });
        }
        System.out.println("| check | of | | |");
        System.out.println("|---|---|---|---|");
        verdicts.forEach(verdict -> System.out.println(verdict.row()));
        long failed = verdicts.stream().filter(Verdict::failed).count();
        System.out.printf(
                Locale.ROOT,
                "%n%s on %s, batch %d: %s%n",
                failed == 0 ? "Passed" : "Failed",
                device,
                bench.batch(),
                failed == 0 ? "every check." : failed + " of " + verdicts.size() + ".");
        return failed == 0 ? 0 : 1;
    }

    private List<Check> work() {
        List<Check> inOne = named(checks);
        List<Check> inSeveral = IN_SEVERAL.stream()
                .filter(check -> checks.contains(check.name()))
                .toList();
        return Stream.concat(inOne.isEmpty() ? Stream.empty() : Stream.of(new OneProcess(inOne)), inSeveral.stream())
                .toList();
    }

    /** Of those that one process makes. */
    static List<Check> named(List<String> names) {
        return IN_ONE.stream().filter(check -> names.contains(check.name())).toList();
    }

    private static boolean isExclusive() {
        return CudaBinding.bound()
                .map(Assigned::device)
                .filter(new ComputeMode("nvidia-smi")::isExclusive)
                .isPresent();
    }

    /** A check that cannot go on has failed, and the others are made all the same. */
    static void run(Check check, Bench bench, Consumer<Verdict> verdicts) {
        try {
            check.run(bench, verdicts);
        } catch (UserException e) {
            throw e; // the user's to mend
        } catch (RuntimeException | LinkageError e) {
            if (Child.isRefusal(e)) {
                throw e; // likewise
            }
            String reason = e.toString().lines().findFirst().orElse("");
            verdicts.accept(Verdict.of(check.name(), "all of it", false, "ended by " + reason));
        }
    }

    /**
     * Those that there are: on a processor no tf32, and on a GPU that multiplies in float32 alone nothing else.
     *
     * @param gpu the one that is checked
     */
    static List<Precision> precisions(boolean onGpu, Optional<Device> gpu) {
        boolean coarse = gpu.map(each -> each.capability().hasCoarseProducts()).orElse(true);
        return Stream.of(Precision.values())
                .filter(precision -> precision != Precision.TF32 || onGpu)
                .filter(precision -> precision == Precision.FLOAT32 || coarse)
                .toList();
    }

    private List<Precision> asked(List<Precision> known) {
        if (precisions == null) {
            return known;
        }
        require("--precisions", known.stream().map(Precision::word).toList(), precisions);
        return known.stream()
                .filter(precision -> precisions.contains(precision.word()))
                .toList();
    }

    private Bench bench(List<Precision> asked) {
        return new Bench(
                device,
                networks,
                asked,
                quick ? 2 : 8,
                batch != null ? batch : quick ? 16 : 256,
                seconds != null ? seconds : quick ? 0 : 2,
                rounds != null ? rounds : quick ? 1 : 3,
                python);
    }

    private void requireNumbers() {
        if (batch != null && (batch < 2 || batch % 2 != 0)) {
            throw new UserException(
                    "run gpu-check",
                    "--batch is " + batch,
                    "Write an even number of images, which two processes share");
        }
        if (rounds != null && rounds < 1) {
            throw new UserException("run gpu-check", "--rounds is " + rounds, "Write 1 or more");
        }
        if (seconds != null && !(seconds >= 0)) {
            throw new UserException("run gpu-check", "--seconds is " + seconds, "Write 0 or more");
        }
    }

    private static void require(String option, List<String> known, List<String> given) {
        for (String word : given) {
            if (!known.contains(word)) {
                throw new UserException(
                        "run gpu-check", option + " is " + word, "Write one of " + String.join(", ", known));
            }
        }
    }
}
