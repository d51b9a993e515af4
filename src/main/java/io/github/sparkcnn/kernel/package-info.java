/**
 * What computes: wakes the natives that fit the machine, chooses among engines and opens a {@link
 * io.github.sparkcnn.kernel.Replica} of a network. An engine is a package below this one and a line in {@code META-INF/services}.
 * Depends on {@code network}, {@code image}, {@code device}, {@code keys} and the values of {@code kernel.update}; knows minibatches,
 * nothing of Spark, and no engine.
 */
package io.github.sparkcnn.kernel;
