/**
 * Networks: the one type over Deeplearning4j's two kinds of them, and a network's first weights, definition, state and fine-tuning;
 * nothing of Spark. Depends on {@code image}, {@code keys}, {@code network.optimizer}, {@code random}, Deeplearning4j and ND4J.
 */
package io.github.sparkcnn.network;
