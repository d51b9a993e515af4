package io.github.sparkcnn.kernel.step;

/** A way to the same numbers by less work. All are taken but where a test or a benchmark asks what one is worth. */
public enum Shortcut {
    /** The gradient by the images, which nobody reads, is not computed. */
    NO_INPUT_GRADIENT,
    /** A kernel's rows as channels in the gradient by a one-channel convolution's weights, where a block of channels would be zeros. */
    ROWS_AS_CHANNELS,
    /** ReLU, or another activation that never falls, behind the max-pooling, on a quarter of the data, is the same function. */
    RELU_AFTER_POOLING,
    /** ReLU, or another activation, in the pass of the convolution, dense layer or pooling before it. */
    FUSED_RELU,
    /** Dropout's mask in the pass of the ReLU before it, its factor on the weights behind it. */
    FUSED_DROPOUT,
    /** The optimizer's step in one pass over the flat arrays. */
    FUSED_UPDATE
}
