package io.github.sparkcnn.kernel;

/**
 * How DL4J's {@code Nesterovs} updater moves the parameters by its velocity v = μv − λg. DL4J has no updater for the classic
 * kind, but keeps the very same v, so that the choice changes nothing in a saved model.
 */
public enum Momentum {
    /** As DL4J: the parameters move by μv − λg. */
    NESTEROV,
    /** As PyTorch's SGD: the parameters move by v. */
    CLASSIC
}
