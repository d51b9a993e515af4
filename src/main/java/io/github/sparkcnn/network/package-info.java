/**
 * Networks: the one type over Deeplearning4j's two kinds of them, one class per architecture, found by name, and a network's first
 * weights, definition, state and fine-tuning. Depends on {@code config}, {@code image}, {@code keys} and {@code random}; knows
 * Deeplearning4j, nothing of Spark.
 */
package io.github.sparkcnn.network;
