/**
 * The operations that go by windows, maps and channels and have no parameters. Depends on {@code kernel.onednn.pointwise}, {@code
 * kernel.onednn.primitive}, {@code kernel.step} and oneDNN.
 */
package io.github.sparkcnn.kernel.onednn.spatial;
