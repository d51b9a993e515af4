package io.github.sparkcnn.kernel;

/** What an engine answers when it is given a network. */
public sealed interface Opening {

    /** It runs the network. */
    record Opened(Replica replica) implements Opening {}

    /**
     * It does not.
     *
     * @param reason such as {@code layer 0 activates by cube}
     */
    record Refused(String reason) implements Opening {}
}
