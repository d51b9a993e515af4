/**
 * The operations that go number by number: activations, sums, products, dropout and other noise. Depends on {@code
 * kernel.onednn.primitive}, {@code kernel.step}, {@code random} and oneDNN.
 */
package io.github.sparkcnn.kernel.onednn.pointwise;
