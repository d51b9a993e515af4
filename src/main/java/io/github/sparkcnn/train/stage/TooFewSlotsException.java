package io.github.sparkcnn.train.stage;

/** There has not been room for all workers for so long that those who are gone are not waited for any more. */
public final class TooFewSlotsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int slots;

    /** @param slots tasks that can run at once */
    public TooFewSlotsException(int slots) {
        super("the cluster has " + (slots == 1 ? "1 slot" : slots + " slots"));
        this.slots = slots;
    }

    /** Tasks that can run at once. */
    public int slots() {
        return slots;
    }
}
