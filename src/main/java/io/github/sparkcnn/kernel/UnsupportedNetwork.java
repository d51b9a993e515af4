package io.github.sparkcnn.kernel;

/** Why a network does not run on the direct oneDNN kernels: the layer and what about it. */
final class UnsupportedNetwork extends Exception {
    private static final long serialVersionUID = 1L;

    UnsupportedNetwork(String reason) {
        super(reason);
    }
}
