package io.github.sparkcnn.bench.gpu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkcnn.bench.Networks;
import io.github.sparkcnn.config.DeviceConfig.Precision;
import io.github.sparkcnn.image.Minibatch;
import io.github.sparkcnn.kernel.FormulaNetwork;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.kernel.TestNetworks;
import io.github.sparkcnn.network.Network;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * The networks of parity.json against PyTorch's figures, and all against oneDNN on the processor: in float32 and without dropout, whose
 * masks are each engine's own.
 */
final class Parity implements Check {
    private static final int CLASSES = 10;
    private static final double FIRST = 1e-4;
    private static final double LATER = 1e-3;

    @Override
    public String name() {
        return "parity";
    }

    @Override
    public void run(Bench bench, Consumer<Verdict> verdicts) {
        for (JsonNode expected : reference().get("cases")) {
            if (bench.networks().contains(expected.get("network").asText())) {
                verdicts.accept(withPyTorch(bench, expected));
            }
        }
        for (String network : bench.networks()) {
            verdicts.accept(withOneDnn(bench, network));
        }
    }

    private static JsonNode reference() {
        try (InputStream in = Parity.class.getResourceAsStream("/parity/parity.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("/parity/parity.json", e);
        }
    }

    /** The first loss to 1e-4, the others to 1e-3 of themselves. */
    private Verdict withPyTorch(Bench bench, JsonNode expected) {
        String name = expected.get("network").asText();
        MultiLayerNetwork network = TestNetworks.named(name, 1);
        FormulaNetwork.fill(network);
        Minibatch batch = FormulaNetwork.batch(expected.get("batch").asInt());
        JsonNode losses = expected.get("losses");
        int steps = Math.min(losses.size(), bench.steps());
        double first = 0;
        double later = 0;
        try (Replica replica = bench.open(Network.of(network), Precision.FLOAT32)) {
            for (int step = 0; step < steps; step++) {
                double wanted = losses.get(step).asDouble();
                double off = Math.abs(replica.step(batch, step) - wanted) / wanted;
                first = step == 0 ? off : first;
                later = Math.max(later, off);
            }
        }
        return Verdict.of(
                name(),
                name + " with PyTorch",
                first <= FIRST && later <= LATER, // false for what is no number
                String.format(
                        Locale.ROOT,
                        "losses of %d steps differ by %.1e at most, the first by %.1e",
                        steps,
                        later,
                        first));
    }

    /** In small steps, for of so many numbers some lie where a rounding carries a ReLU over its kink. */
    private Verdict withOneDnn(Bench bench, String name) {
        Minibatch batch = FormulaNetwork.batch(32);
        try (Replica replica = bench.open(undropped(name), Precision.FLOAT32);
                Replica oracle = bench.oracle(undropped(name))) {
            List.of(replica, oracle).forEach(each -> each.scaleLearningRates(1e-2));
            double losses = 0;
            for (int step = 0; step < bench.steps(); step++) {
                double wanted = oracle.step(batch, step);
                losses = Math.max(losses, Math.abs(replica.step(batch, step) - wanted) / wanted);
            }
            double probabilities = difference(probabilities(replica, batch), probabilities(oracle, batch));
            return Verdict.of(
                    name(),
                    name + " with oneDNN",
                    losses <= LATER && probabilities <= LATER,
                    String.format(
                            Locale.ROOT,
                            "losses of %d steps differ by %.1e at most, probabilities then by %.1e",
                            bench.steps(),
                            losses,
                            probabilities));
        }
    }

    private static Network undropped(String name) {
        Network network = Networks.named(name);
        network.nodes().stream()
                .filter(node -> node.layer() != null)
                .forEach(node -> node.layer().conf().getLayer().setIDropout(null));
        return network;
    }

    private static float[] probabilities(Replica replica, Minibatch batch) {
        float[] probabilities = new float[batch.size() * CLASSES];
        replica.predict(batch.features(), batch.size(), probabilities);
        return probabilities;
    }

    /** The largest; not a number if one is none. */
    static double difference(float[] one, float[] other) {
        double largest = 0;
        for (int i = 0; i < one.length; i++) {
            largest = Math.max(largest, Math.abs((double) one[i] - other[i]));
        }
        return largest;
    }
}
