/**
 * NumPy's files: an array as {@code .npy}, several as {@code .npz}, a zip of them. Reading one runs no code: arrays of Python objects
 * are refused. Depends on Commons Compress only.
 */
package io.github.sparkcnn.numpy;
