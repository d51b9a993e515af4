/**
 * What engines on the host share: a gradient in DL4J's flat arrays clipped, the optimizer's step made of it, learning rates. Depends
 * on {@code network}, Deeplearning4j and ND4J.
 */
package io.github.sparkcnn.kernel.update;
