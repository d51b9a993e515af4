package io.github.sparkcnn.bench;

import io.github.sparkcnn.kernel.PartialReplicas;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What each step from stock Deeplearning4j to sparkcnn is worth in images a second of training, then PyTorch, then what the
 * processor's own SGEMM would allow. Every measurement is a fresh JVM; the rounds go through all steps by turns.
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
        Map<String, Fork> steps = steps();
        Map<String, Sample> samples = new LinkedHashMap<>();
        Sample gemm = new Sample();
        for (int round = 1; round <= rounds; round++) {
            steps.forEach((name, fork) -> samples.computeIfAbsent(name, n -> new Sample())
                    .add(fork.run().get(0).imagesPerSecond()));
            gemm.add(Sgemm.gigaflops(threads, seconds));
            System.err.println("round " + round + " of " + rounds);
        }
        print(samples, gemm.median());
    }

    private Map<String, Fork> steps() {
        Map<String, Fork> steps = new LinkedHashMap<>();
        steps.put(
                "stock Deeplearning4j M2.1",
                fork(List.of("-Dorg.eclipse.deeplearning4j.helpers.disable=true"), "--kernels", "dl4j"));
        steps.put("its oneDNN helpers repaired", fork(List.of(), "--kernels", "dl4j"));
        steps.put("its forward convolution not computed twice", fork(List.of(), "--kernels", "dl4j", "--keep-forward"));
        steps.put("own engine: oneDNN called directly, blocked layouts", fork(List.of(), "--shortcuts", "0"));
        List<String> shortcuts = PartialReplicas.shortcuts();
        for (int i = 0; i < shortcuts.size(); i++) {
            steps.put(shortcuts.get(i), fork(List.of(), "--shortcuts", Integer.toString(i + 1)));
        }
        steps.put("(the same, with every minibatch made from bytes)", fork(List.of(), "--from-bytes"));
        if (!noPeer) {
            steps.put("PyTorch", Fork.pytorch(network, batch, threads, seconds));
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
        double flop = Arithmetic.ofTraining((MultiLayerNetwork) Networks.named(network));
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
