/**
 * What a training starts from: one of our networks, one of the user's own, or a saved one, and whose optimizer trains it. Depends on
 * {@code config}, {@code image}, {@code io}, {@code kernel.update}, {@code model}, {@code network}, {@code network.architecture},
 * {@code network.definition}, {@code network.optimizer}, {@code network.schedule}, ND4J and Hadoop.
 */
package io.github.sparkcnn.train.start;
