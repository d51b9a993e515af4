package io.github.sparkcnn.bench;

import io.github.sparkcnn.config.DeviceConfig.Precision;
import io.github.sparkcnn.kernel.onednn.PartialReplicas;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What each step from stock Deeplearning4j to sparkcnn is worth in images a second of training, then PyTorch, then what the
 * processor's own SGEMM would allow. The rounds go through all steps, each in a fresh JVM; the shortcuts of our own engine, which are
 * worth less than the machine's moods, are measured by short turns in one.
 */
@Command(name = "AblationBenchmark", mixinStandardHelpOptions = true)
final class AblationBenchmark implements Runnable {

    @Option(names = "--network", paramLabel = "NAME", description = "One without branches. Default: fashion-cnn.")
    private String network = "fashion-cnn";

    @Option(names = "--batch", paramLabel = "N", description = "Default: 256.")
    private int batch = 256;

    @Option(names = "--threads", paramLabel = "N", description = "Default: 2.")
    private int threads = 2;

    @Option(names = "--rounds", paramLabel = "N", description = "Default: 3.")
    private int rounds = 3;

    @Option(names = "--seconds", paramLabel = "S", description = "Of each measurement. Default: 2.")
    private double seconds = 2;

    @Option(names = "--no-peer", description = "Leave PyTorch out; PYTHON names its interpreter.")
    private boolean noPeer;

    public static void main(String[] args) {
        System.exit(new CommandLine(new AblationBenchmark()).execute(args));
    }

    @Override
    public void run() {
        List<Measured> steps = steps();
        Map<String, Sample> samples = new LinkedHashMap<>();
        Sample gemm = new Sample();
        for (int round = 1; round <= rounds; round++) {
            for (Measured step : steps) {
                List<Rate> rates = step.fork().run();
                for (int i = 0; i < step.names().size(); i++) {
                    samples.computeIfAbsent(step.names().get(i), name -> new Sample())
                            .add(rates.get(i).imagesPerSecond());
                }
            }
            gemm.add(Sgemm.gigaflops(threads, seconds));
            System.err.println("round " + round + " of " + rounds);
        }
        print(samples, gemm.median());
    }

    /**
     * What one fork measures.
     *
     * @param names of the lines of the table, one for each of the first rates that it prints
     */
    private record Measured(List<String> names, Fork fork) {
        Measured(String name, Fork fork) {
            this(List.of(name), fork);
        }
    }

    private List<Measured> steps() {
        List<Measured> steps = new ArrayList<>();
        steps.add(new Measured(
                "stock Deeplearning4j M2.1",
                fork(List.of("-Dorg.eclipse.deeplearning4j.helpers.disable=true"), "--kernels", "dl4j")));
        steps.add(new Measured("its oneDNN helpers repaired", fork(List.of(), "--kernels", "dl4j")));
        steps.add(new Measured(
                "its forward convolution not computed twice", fork(List.of(), "--kernels", "dl4j", "--keep-forward")));
        List<String> own = new ArrayList<>(List.of("own engine: oneDNN called directly, blocked layouts"));
        own.addAll(PartialReplicas.shortcuts());
        steps.add(new Measured(own, fork(List.of(), "--each-shortcut")));
        steps.add(new Measured("(the same, with every minibatch made from bytes)", fork(List.of(), "--from-bytes")));
        if (!noPeer) {
            steps.add(new Measured(
                    List.of("PyTorch", "PyTorch, channels-last"),
                    Fork.pytorch(network, batch, threads, Precision.FLOAT32, seconds)));
        }
        return steps;
    }

    private Fork fork(List<String> options, String... further) {
        List<String> arguments = new ArrayList<>(List.of(further));
        arguments.addAll(List.of("--network", network, "--batches", Integer.toString(batch)));
        arguments.addAll(List.of("--seconds", Double.toString(seconds), "--train-only"));
        return Fork.java(threads, options, arguments);
    }

    private void print(Map<String, Sample> samples, double gigaflops) {
        double flop = Arithmetic.ofTraining(Networks.named(network));
        double limit = gigaflops * 1e9 / flop;
        System.out.printf(
                "%s, batch %d, threads %d, training, median of %d rounds%n%n", network, batch, threads, rounds);
        System.out.println("| step | images/s | min–max | × the line above | of the limit |");
        System.out.println("|---|---|---|---|---|");
        double above = Double.NaN;
        for (Map.Entry<String, Sample> step : samples.entrySet()) {
            double rate = step.getValue().median();
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %,.0f | %s | %s | %.0f %% |%n",
                    step.getKey(),
                    rate,
                    step.getValue().range(),
                    Double.isNaN(above) ? "" : String.format(Locale.ROOT, "%.2f", rate / above),
                    100 * rate / limit);
            above = rate;
        }
        System.out.printf(
                Locale.ROOT,
                "| arithmetic limit: %.1f MFLOP an image at SGEMM's %.0f GFLOP/s | %,.0f | | | 100 %% |%n",
                flop / 1e6,
                gigaflops,
                limit);
    }
}
