/**
 * A network of a user's own: read as Deeplearning4j writes it, held against images and classes, with its own optimizer or another.
 * Depends on {@code image}, {@code network}, {@code network.optimizer}, Deeplearning4j and ND4J.
 */
package io.github.sparkcnn.network.definition;
