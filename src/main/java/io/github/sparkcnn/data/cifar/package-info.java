/**
 * The binary version of CIFAR-10 and CIFAR-100. Depends on {@code data.format}, {@code data.pack}, {@code image}, {@code io}, Hadoop
 * and Spark.
 */
package io.github.sparkcnn.data.cifar;
