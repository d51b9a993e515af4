/**
 * The operations that have parameters, which they read from the flat arrays at every pass and whose gradients they write there.
 * Depends on {@code kernel.onednn.pointwise}, {@code kernel.onednn.primitive}, {@code kernel.step} and oneDNN.
 */
package io.github.sparkcnn.kernel.onednn.weighted;
