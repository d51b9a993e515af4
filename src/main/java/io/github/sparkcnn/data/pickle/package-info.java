/**
 * The reader of {@code mnist.pkl.gz}: an interpreter of those few opcodes of Python's pickle format that NumPy arrays need, which
 * can call nothing. Depends on {@code data.format}, {@code data.pack}, {@code image}, {@code io}, Hadoop and Spark.
 */
package io.github.sparkcnn.data.pickle;
