package io.github.sparkcnn.kernel.update;

/**
 * Whose reading of an optimizer moves the parameters. Both keep the same state, so that the choice changes nothing in a saved
 * model.
 */
public enum UpdateRule {
    /** DL4J's: {@code Nesterovs} moves by μv − λg with v = μv − λg, {@code Adam} adds ε to the uncorrected √v. */
    DL4J,
    /** PyTorch's: SGD with momentum moves by v, Adam adds ε to √v after the correction of its bias. */
    PYTORCH
}
