package io.github.sparkcnn.kernel;

import org.deeplearning4j.nn.api.Model;

/** Opens replicas on the fastest kernels there are. */
public final class Kernels {

    private Kernels() {}

    public static BackendReport report() {
        return new BackendReport("cpu", "plain", java.util.List.of());
    }

    public static Replica open(Model network, io.github.sparkcnn.data.ImageShape shape, KernelOptions options) {
        return new Dl4jReplica(network);
    }
}
