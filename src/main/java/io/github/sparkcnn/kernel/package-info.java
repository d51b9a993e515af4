/**
 * Backends and native kernels: the only package that touches them. Opens a {@link io.github.sparkcnn.kernel.Replica} of a
 * Deeplearning4j network on the fastest kernels that the machine has. Knows minibatches, nothing of Spark.
 */
package io.github.sparkcnn.kernel;
