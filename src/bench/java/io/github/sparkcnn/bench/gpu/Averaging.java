package io.github.sparkcnn.bench.gpu;

import io.github.sparkcnn.bench.Networks;
import io.github.sparkcnn.bench.Sample;
import io.github.sparkcnn.config.DeviceConfig.Precision;
import io.github.sparkcnn.kernel.Replica;
import io.github.sparkcnn.network.NetworkState;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;

/** What an averaging costs beside the ring: the state's way to host memory and back, which changes no bit of it. */
final class Averaging implements Check {
    private static final int TIMES = 20;

    @Override
    public String name() {
        return "averaging";
    }

    @Override
    public void run(Bench bench, Consumer<Verdict> verdicts) {
        for (String network : bench.networks()) {
            try (Replica replica = bench.open(Networks.named(network), Precision.FLOAT32)) {
                NetworkState before = replica.read();
                Sample milliseconds = new Sample();
                for (int i = 0; i < TIMES; i++) {
                    long start = System.nanoTime();
                    replica.lend(state -> state.size());
                    milliseconds.add((System.nanoTime() - start) / 1e6);
                }
                NetworkState after = replica.read();
                int floats = after.parameters().length + after.updater().length;
                verdicts.accept(Verdict.of(
                        name(),
                        network,
                        Arrays.equals(before.parameters(), after.parameters())
                                && Arrays.equals(before.updater(), after.updater()),
                        String.format(
                                Locale.ROOT,
                                "%.2f MB to host memory and back: %.2f ms",
                                floats * 4 / 1e6,
                                milliseconds.median())));
            }
        }
    }
}
