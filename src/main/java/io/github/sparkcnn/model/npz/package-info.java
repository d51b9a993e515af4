/**
 * Weights to and from PyTorch without PyTorch: NumPy's {@code .npz} files, and the names and layouts of a {@code state_dict}.
 * Depends on {@code io}, {@code kernel}, {@code model}, {@code network}, {@code network.architecture}, {@code network.optimizer}, ND4J and Hadoop.
 */
package io.github.sparkcnn.model.npz;
