package io.github.sparkcnn.train.strategy;

/** There has not been room for all workers for so long that those who are gone are not waited for any more. */
final class TooFewSlotsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int slots;

    TooFewSlotsException(int slots) {
        super("the cluster has " + (slots == 1 ? "1 slot" : slots + " slots"));
        this.slots = slots;
    }

    /** Tasks that can run at once. */
    int slots() {
        return slots;
    }
}
