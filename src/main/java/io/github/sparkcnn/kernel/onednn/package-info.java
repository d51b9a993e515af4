/**
 * The engine {@code onednn}: the steps of a network compiled into plans of oneDNN's primitives, one a batch size, over the network's
 * flat arrays. Depends on {@code config}, {@code image}, {@code kernel}, {@code kernel.onednn.pointwise}, {@code
 * kernel.onednn.primitive}, {@code kernel.onednn.spatial}, {@code kernel.onednn.weighted}, {@code kernel.step}, {@code
 * kernel.step.reader}, {@code kernel.update}, {@code network}, ND4J and oneDNN.
 */
package io.github.sparkcnn.kernel.onednn;
