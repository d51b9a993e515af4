/**
 * Weights to and from PyTorch without PyTorch: NumPy's {@code .npz} files, and the names and layouts of a {@code state_dict}.
 * Depends on {@code io}, {@code kernel}, {@code model}, {@code network}, {@code network.optimizer}, Deeplearning4j, ND4J and Hadoop; of
 * Deeplearning4j on parameter tables, not on layer classes.
 */
package io.github.sparkcnn.model.npz;
