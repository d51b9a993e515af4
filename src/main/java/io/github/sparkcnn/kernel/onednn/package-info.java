/**
 * The engine {@code onednn}: the steps of a network compiled into plans of oneDNN's primitives, one a batch size, over the network's
 * flat arrays. Depends on {@code kernel}, {@code kernel.step}, {@code kernel.update}, {@code kernel.onednn.primitive}, {@code network}
 * and {@code image}.
 */
package io.github.sparkcnn.kernel.onednn;
