package io.github.sparkcnn.kernel.step;

/** Why a network cannot be read as elementary steps: the layer and what about it. */
public final class UnsupportedNetwork extends Exception {
    private static final long serialVersionUID = 1L;

    /** The reason is such as {@code layer 0 activates by cube}. */
    public UnsupportedNetwork(String reason) {
        super(reason);
    }
}
