package io.github.sparkcnn.bench;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.DeviceConfig.Precision;
import io.github.sparkcnn.image.ImageShape;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Images a second of training steps and of inference, tensors in memory: every network, batch size and number of threads, each
 * in several fresh JVMs after warming up, and PyTorch by turns if asked, in the form that is its fastest. Prints a Markdown table.
 */
@Command(name = "StepBenchmark", mixinStandardHelpOptions = true)
final class StepBenchmark implements Runnable {

    private static final String OURS = "sparkcnn";

    @Option(
            names = "--networks",
            split = ",",
            paramLabel = "NAME",
            description = "Built in, or a file of Deeplearning4j's JSON. Default: the first four.")
    private List<String> networks = Networks.NAMES;

    @Option(
            names = "--images",
            paramLabel = "CxHxW",
            description = "Their shape. Default: 1x28x28, the peer's only one.")
    private String images = ImageShape.MNIST.toString();

    @Option(names = "--batches", split = ",", paramLabel = "N", description = "Default: 64,256.")
    private List<Integer> batches = List.of(64, 256);

    @Option(names = "--threads", split = ",", paramLabel = "N", description = "Default: 1,2.")
    private List<Integer> threads = List.of(1, 2);

    @Option(names = "--kernels", paramLabel = "KIND", description = "onednn (default), dl4j or torch.")
    private String kernels = "onednn";

    @Option(
            names = "--precision",
            split = ",",
            paramLabel = "NUMBERS",
            description = "float32, bf16 (PyTorch's by autocast), or both by turns. Default: float32.")
    private List<Precision> precisions = List.of(Precision.FLOAT32);

    @Option(names = "--forks", paramLabel = "N", description = "Processes for each measurement. Default: 3.")
    private int forks = 3;

    @Option(names = "--seconds", paramLabel = "S", description = "Of each measurement. Default: 1.")
    private double seconds = 1;

    @Option(names = "--peer", description = "Measure PyTorch too, by turns; PYTHON names its interpreter.")
    private boolean peer;

    private record Case(String network, int batch, int threads, Precision precision, String what) {
        static Case of(Rate rate, Precision precision) {
            return new Case(rate.network(), rate.batch(), rate.threads(), precision, rate.what());
        }
    }

    private final Map<Case, Sample> ours = new LinkedHashMap<>();
    private final Map<Case, Map<String, Sample>> peers = new HashMap<>();

    public static void main(String[] args) {
        System.exit(new CommandLine(new StepBenchmark())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    @Override
    public void run() {
        if (peer && !ImageShape.parse(images).equals(ImageShape.MNIST)) {
            throw new UserException("measure PyTorch too", "the images are " + images, "Leave out --peer, or --images");
        }
        for (int fork = 1; fork <= forks; fork++) {
            for (String network : networks) {
                threads.forEach(count -> precisions.forEach(precision -> measure(network, count, precision)));
            }
            System.err.println("round " + fork + " of " + forks);
        }
        print();
    }

    private void measure(String network, int count, Precision precision) {
        List<String> sizes = batches.stream().map(Object::toString).toList();
        Fork java = Fork.java(
                count,
                List.of(),
                List.of(
                        "--network",
                        network,
                        "--images",
                        images,
                        "--batches",
                        String.join(",", sizes),
                        "--kernels",
                        kernels,
                        "--precision",
                        precision.word(),
                        "--seconds",
                        Double.toString(seconds)));
        add(java, precision);
        if (peer) {
            batches.forEach(batch -> add(Fork.pytorch(network, batch, count, precision, seconds), precision));
        }
    }

    private void add(Fork fork, Precision precision) {
        for (Rate rate : fork.run()) {
            sampleOf(rate, Case.of(rate, precision)).add(rate.imagesPerSecond());
        }
    }

    private Sample sampleOf(Rate rate, Case measured) {
        return rate.engine().equals(OURS)
                ? ours.computeIfAbsent(measured, c -> new Sample())
                : peers.computeIfAbsent(measured, c -> new HashMap<>())
                        .computeIfAbsent(rate.form(), form -> new Sample());
    }

    /** PyTorch's best form for the case, and its sample. */
    private Map.Entry<String, Sample> strongest(Case measured) {
        return Collections.max(
                peers.get(measured).entrySet(),
                Comparator.comparingDouble(form -> form.getValue().median()));
    }

    private void print() {
        System.out.println("| network | batch | threads | precision | | sparkcnn, images/s | min–max |"
                + (peer ? " PyTorch, images/s | min–max | its form | ratio |" : ""));
        System.out.println("|---|---|---|---|---|---|---|" + (peer ? "---|---|---|---|" : ""));
        ours.forEach((measured, sample) -> {
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d | %d | %s | %s | %,.0f | %s |",
                    measured.network(),
                    measured.batch(),
                    measured.threads(),
                    measured.precision().word(),
                    measured.what(),
                    sample.median(),
                    sample.range());
            if (peer) {
                Map.Entry<String, Sample> theirs = strongest(measured);
                System.out.printf(
                        Locale.ROOT,
                        " %,.0f | %s | %s | **%.2f** |",
                        theirs.getValue().median(),
                        theirs.getValue().range(),
                        theirs.getKey(),
                        sample.median() / theirs.getValue().median());
            }
            System.out.println();
        });
        System.out.printf(Locale.ROOT, "%nMedians over %d processes, %.1f s each after warming up.%n", forks, seconds);
    }
}
