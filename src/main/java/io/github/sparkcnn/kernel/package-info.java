/**
 * What computes: wakes the natives that fit the machine, chooses among engines and opens a {@link
 * io.github.sparkcnn.kernel.Replica} of a network. An engine is a package below this one and a line in {@code META-INF/services};
 * this package knows minibatches, nothing of Spark, and of engines the names of the two that {@code auto} chooses between. Depends on
 * {@code config}, {@code device}, {@code image}, {@code keys}, {@code kernel.update}, {@code network}, Deeplearning4j, ND4J and oneDNN.
 */
package io.github.sparkcnn.kernel;
