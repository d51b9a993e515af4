/**
 * How many workers a run has and which of them has which GPU: sees the devices, checks that they and the cluster fit what was asked
 * for, and tells the kernel package which one is an executor's own. Touches neither ND4J nor CUDA. Depends on {@code config} and
 * Spark.
 */
package io.github.sparkcnn.device;
