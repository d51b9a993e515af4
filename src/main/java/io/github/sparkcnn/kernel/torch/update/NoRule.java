package io.github.sparkcnn.kernel.torch.update;

/** Something that a network asks of its update is Deeplearning4j's alone. */
final class NoRule extends Exception {
    private static final long serialVersionUID = 1L;

    /** What it is, such as {@code RmsProp has no rule on the device}. */
    NoRule(String reason) {
        super(reason);
    }
}
