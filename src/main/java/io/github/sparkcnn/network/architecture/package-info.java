/**
 * The networks that there are by name, one class each, and what finds them. Depends on {@code image}, {@code keys}, {@code network},
 * {@code network.optimizer}, Deeplearning4j and ND4J.
 */
package io.github.sparkcnn.network.architecture;
