/**
 * What is saved and loaded: {@code model.zip}, plain Deeplearning4j, and {@code model.json}, what one must know to use it.
 * Depends on {@code image}, {@code io}, {@code network} and Hadoop.
 */
package io.github.sparkcnn.model;
