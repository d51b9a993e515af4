/**
 * One class per architecture, found by name; their initial weights, optimizers and state. Depends on {@code config} and
 * {@code data}'s value types; knows Deeplearning4j, nothing of Spark.
 */
package io.github.sparkcnn.network;
