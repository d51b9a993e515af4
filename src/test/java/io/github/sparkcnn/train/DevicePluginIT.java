package io.github.sparkcnn.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.SparkUnderTest;
import io.github.sparkcnn.cli.Main;
import io.github.sparkcnn.device.DevicePlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugin in executors of its own, on GPUs that only a made-up {@code nvidia-smi} sees. */
@Tag("cluster")
class DevicePluginIT {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String L4 = "GPU-%d%d, NVIDIA L4, 8.9, 580.95.05";
    private static final String THOR = "GPU-t, NVIDIA Thor, 11.0, 580.95.05";
    private static final String STACK = "\tat ";
    private static final List<String> LIBRARIES = List.of(
            "libcuda.so.1",
            "libcudart.so.13",
            "libcublas.so.13",
            "libcublasLt.so.13",
            "libcudnn.so.9",
            "libcufft.so.12",
            "libcurand.so.10",
            "libcusparse.so.12",
            "libcusolver.so.12",
            "libcufile.so.0",
            "libcupti.so.13",
            "libnccl.so.2");
    private static final Map<String, String> LOCAL = Map.of("spark.master", "local[2]", "spark.ui.enabled", "false");

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();

    /** Prints, for every executor, what Spark assigned to it and what the plugin bound it to. */
    static final class TwoTasks implements Function<Integer, String> {
        private static final long serialVersionUID = 1L;

        private final String folder;

        private TwoTasks(String folder) {
            this.folder = folder;
        }

        public static void main(String... args) {
            SparkConf conf = new SparkConf().setAppName("devices");
            DevicePlugin.addTo(conf);
            try (JavaSparkContext spark = new JavaSparkContext(conf)) {
                spark.parallelize(List.of(0, 1), 2)
                        .map(new TwoTasks(args[0]))
                        .collect()
                        .forEach(System.out::println);
            }
        }

        @Override
        public String call(Integer task) throws IOException, InterruptedException {
            // Until the other task runs too, which then is on the other executor: each has one slot.
            Files.createFile(Path.of(folder, "task-" + task));
            for (int waited = 0; waited < 600 && !Files.exists(Path.of(folder, "task-" + (1 - task))); waited++) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            return "assigned " + TaskContext.get().resourcesJMap().get("gpu").addresses()[0] + ", bound "
                    + System.getProperty("sparkcnn.cuda.ordinal");
        }
    }

    @Test
    void bindsTwoExecutorsOfOneMachineToAGpuEach() throws IOException {
        Map<String, String> spark = new HashMap<>(cluster());
        spark.put("spark.task.resource.gpu.amount", "1");

        try (RunProcess run =
                start(spark, TwoTasks.class, List.of(folder.toString()), L4.formatted(0, 0), L4.formatted(1, 1))) {
            assertThat(run.awaitEnd(PATIENCE)).as(run.output()).isZero();
            assertThat(run.output()).contains("assigned 0, bound 0", "assigned 1, bound 1");
        }
    }

    @Test
    void whatAnExecutorMissesOnItsGpuEndsTheTrainingInOneLine() throws IOException {
        Map<String, String> spark = new HashMap<>(cluster());
        spark.put("spark.task.resource.gpu.amount", "1");

        try (RunProcess run = train(spark, L4.formatted(0, 0), L4.formatted(1, 1))) {
            assertThat(run.awaitEnd(PATIENCE)).as(run.output()).isEqualTo(2);
            assertThat(run.output())
                    .containsSubsequence(
                            "executors compute on GPUs",
                            "Cannot use device.backend = cuda: for GPU ",
                            "(NVIDIA L4, compute capability 8.9, driver 580.95) libtorch needs"
                                    + " pytorch-2.10.0-1.5.13-linux-x86_64-gpu.jar");
        }
    }

    @Test
    void refusesAGpuThatThereIsNoCodeFor() throws IOException {
        try (RunProcess run = train(LOCAL, THOR)) {
            assertThat(run.awaitEnd(PATIENCE)).as(run.output()).isEqualTo(2);
            assertThat(run.output())
                    .contains(
                            "Cannot use device.backend = cuda: GPU 0 (NVIDIA Thor, compute capability 11.0, driver 580.95) is"
                                    + " not one that there is machine code for (libtorch for 7.5, 8.0,")
                    .doesNotContain(STACK);
        }
    }

    /** As far as a machine gets that has all but the GPU: the default experiment's one worker asks libtorch for it. */
    @Test
    void onALocalMasterOneWorkerHasTheProcesssGpu() throws IOException {
        Path cuda = Files.createDirectories(folder.resolve("cuda"));
        for (String library : LIBRARIES) {
            Files.createFile(cuda.resolve(library));
        }
        Path natives = folder.resolve("jar/org/bytedeco/pytorch/linux-x86_64-gpu/libtorch_cuda.so");
        Files.createDirectories(natives.getParent());
        Files.createFile(natives);
        environment.put("LD_LIBRARY_PATH", cuda.toString());
        environment.put("JAVA_TOOL_OPTIONS", "-Xbootclasspath/a:" + folder.resolve("jar"));

        try (RunProcess run = train(LOCAL, L4.formatted(0, 0))) {
            assertThat(run.awaitEnd(PATIENCE)).as(run.output()).isEqualTo(2);
            assertThat(run.output())
                    .containsSubsequence(
                            "Backend: CUDA (libtorch natives), kernels torch",
                            "Cannot use device.backend = cuda: libtorch sees no GPU. ");
        }
    }

    @Test
    void refusesAMachineWithoutGpu() throws IOException {
        try (RunProcess run = train(LOCAL)) {
            assertThat(run.awaitEnd(PATIENCE)).as(run.output()).isEqualTo(2);
            assertThat(run.output())
                    .contains(
                            "Cannot use device.backend = cuda: this machine has no usable CUDA device (nvidia-smi lists none)")
                    .doesNotContain(STACK);
        }
    }

    @Test
    void anExecutorThatCannotBeBoundDoesNotStart() throws IOException {
        try (RunProcess run = start(LOCAL, TwoTasks.class, List.of(folder.toString()))) {
            assertThat(run.awaitEnd(PATIENCE)).as(run.output()).isEqualTo(1);
            assertThat(run.output()).contains("nvidia-smi lists none").doesNotContain("assigned 0");
        }
    }

    private RunProcess train(Map<String, String> spark, String... gpus) throws IOException {
        return start(
                spark,
                Main.class,
                List.of(
                        "train",
                        "--output",
                        folder.resolve("run").toString(),
                        "--set",
                        "data.train=sample:train",
                        "--set",
                        "data.train-images=200",
                        "--set",
                        "training.strategy=all-reduce",
                        "--set",
                        "device.backend=cuda"),
                gpus);
    }

    /** One worker with two GPUs, and two executors of one core on it. */
    private Map<String, String> cluster() throws IOException {
        Path discovery = script("discovery", "echo '{\"name\": \"gpu\", \"addresses\": [\"0\", \"1\"]}'");
        return Map.ofEntries(
                Map.entry("spark.master", "local-cluster[1,2,1024]"),
                Map.entry("spark.ui.enabled", "false"),
                Map.entry("spark.executor.cores", "1"),
                Map.entry("spark.executor.memory", "512m"),
                Map.entry("spark.executor.extraClassPath", SparkUnderTest.classPath()),
                Map.entry("spark.cores.max", "2"), // without it the ratio is one of nothing
                Map.entry("spark.scheduler.minRegisteredResourcesRatio", "1.0"),
                Map.entry("spark.scheduler.maxRegisteredResourcesWaitingTime", "4min"),
                Map.entry("spark.worker.resource.gpu.amount", "2"),
                Map.entry("spark.worker.resource.gpu.discoveryScript", discovery.toString()),
                Map.entry("spark.executor.resource.gpu.amount", "1"));
    }

    private RunProcess start(Map<String, String> spark, Class<?> main, List<String> arguments, String... gpus)
            throws IOException {
        StringBuilder listing = new StringBuilder("true\n");
        IntStream.range(0, gpus.length).forEach(i -> listing.append("echo '" + i + ", " + gpus[i] + "'\n"));
        script("nvidia-smi", listing.toString());
        environment.put("PATH", folder + ":" + System.getenv("PATH"));
        return RunProcess.start(folder.resolve("log"), spark, environment, main, arguments);
    }

    private Path script(String name, String content) throws IOException {
        Path script = folder.resolve(name);
        Files.writeString(script, "#!/bin/sh\n" + content + "\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return script;
    }
}
