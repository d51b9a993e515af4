package io.github.sparkcnn.bench.gpu;

import io.github.sparkcnn.bench.Fork;
import io.github.sparkcnn.bench.Rate;
import io.github.sparkcnn.config.DeviceConfig.Precision;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** PyTorch in Python, which measures itself: src/bench/python/pytorch_peer.py. */
record PythonPeer(Bench bench) {
    private static final int THREADS = 1;

    /** Empty where the interpreter is not there, has no PyTorch, or one that does not see the device. */
    static Optional<PythonPeer> of(Bench bench) {
        String needs = bench.isCuda() ? "import torch; assert torch.cuda.is_available()" : "import torch";
        try {
            Process process = new ProcessBuilder(bench.python(), "-c", needs)
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
            boolean ended = process.waitFor(2, TimeUnit.MINUTES);
            process.destroyForcibly();
            return ended && process.exitValue() == 0 ? Optional.of(new PythonPeer(bench)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    List<Rate> rates(String network, Precision precision) {
        return new Fork(
                        List.of(
                                bench.python(),
                                System.getProperty("sparkcnn.home") + "/src/bench/python/pytorch_peer.py",
                                network,
                                Integer.toString(bench.batch()),
                                Integer.toString(THREADS),
                                "--seconds=" + bench.seconds(),
                                "--device=" + bench.device(),
                                "--precision=" + precision.word()),
                        THREADS)
                .run();
    }
}
