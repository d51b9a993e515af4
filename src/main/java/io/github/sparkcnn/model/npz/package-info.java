/**
 * Weights to and from PyTorch without PyTorch: NumPy's {@code .npz} files, and the names and layouts of a {@code state_dict}.
 * Depends on Deeplearning4j's parameter tables, not on its layer classes.
 */
package io.github.sparkcnn.model.npz;
