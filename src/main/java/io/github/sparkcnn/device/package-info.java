/**
 * Which worker has which GPU: sees the devices, checks that they and the cluster fit what was asked for, and tells the kernel
 * package which one is an executor's own. Touches neither ND4J nor CUDA. Depends on Spark.
 */
package io.github.sparkcnn.device;
