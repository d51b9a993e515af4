/**
 * Images and labels in NumPy's arrays: an {@code .npz} such as Keras's {@code mnist.npz}, or {@code .npy} files in a folder. Depends
 * on {@code data.format}, {@code data.pack}, {@code image}, {@code io}, {@code numpy}, Hadoop and Spark.
 */
package io.github.sparkcnn.data.numpy;
