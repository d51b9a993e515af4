/**
 * The operations that go number by number: activations, sums, products, dropout. Depends on {@code kernel.onednn.primitive}, {@code
 * kernel.step} and oneDNN.
 */
package io.github.sparkcnn.kernel.onednn.pointwise;
