/**
 * Weights to and from PyTorch without PyTorch: files of {@code numpy}, and the names and layouts of a {@code state_dict}.
 * Depends on {@code io}, {@code kernel}, {@code model}, {@code network}, {@code network.architecture},
 * {@code network.optimizer}, {@code numpy}, ND4J and Hadoop.
 */
package io.github.sparkcnn.model.npz;
