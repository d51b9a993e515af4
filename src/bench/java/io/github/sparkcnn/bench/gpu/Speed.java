package io.github.sparkcnn.bench.gpu;

import io.github.sparkcnn.bench.Rate;
import io.github.sparkcnn.bench.Sample;
import io.github.sparkcnn.config.DeviceConfig.Precision;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Images a second of training and of prediction, by turns with PyTorch in Python where there is one, each in a process of its own. */
final class Speed implements Check {

    @Override
    public String name() {
        return "speed";
    }

    @Override
    public void run(Bench bench, Consumer<Verdict> verdicts) {
        Optional<PythonPeer> peer = PythonPeer.of(bench);
        for (String network : bench.networks()) {
            for (Precision precision : bench.precisions()) {
                measure(bench, network, precision, peer, verdicts);
            }
        }
    }

    private void measure(
            Bench bench, String network, Precision precision, Optional<PythonPeer> peer, Consumer<Verdict> verdicts) {
        Map<String, Map<String, Sample>> ours = new HashMap<>();
        Map<String, Map<String, Sample>> theirs = new HashMap<>();
        for (int round = 0; round < bench.rounds(); round++) {
            SpeedProcess.rates(bench, network, precision).forEach(rate -> add(ours, rate));
            peer.map(python -> python.rates(network, precision))
                    .orElse(List.of())
                    .forEach(rate -> add(theirs, rate));
        }
        for (String work : SpeedProcess.WORK) {
            double own = best(ours.get(work)).getValue().median();
            verdicts.accept(Verdict.told(
                    name(),
                    network + " in " + precision.word() + ", " + work,
                    String.format(Locale.ROOT, "%,.0f images/s", own) + besides(own, theirs.get(work))));
        }
    }

    private static void add(Map<String, Map<String, Sample>> samples, Rate rate) {
        samples.computeIfAbsent(rate.what(), what -> new HashMap<>())
                .computeIfAbsent(rate.form(), form -> new Sample())
                .add(rate.imagesPerSecond());
    }

    private static String besides(double own, Map<String, Sample> theirs) {
        if (theirs == null) {
            return "; no PyTorch to compare with";
        }
        Map.Entry<String, Sample> best = best(theirs);
        double median = best.getValue().median();
        return String.format(Locale.ROOT, "; PyTorch %,.0f (%s): ratio %.2f", median, best.getKey(), own / median);
    }

    /** The fastest form. */
    private static Map.Entry<String, Sample> best(Map<String, Sample> forms) {
        return forms.entrySet().stream()
                .max(Comparator.comparingDouble(form -> form.getValue().median()))
                .orElseThrow();
    }
}
