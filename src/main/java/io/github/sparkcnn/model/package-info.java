/**
 * What is saved and loaded: {@code model.zip}, plain Deeplearning4j, and {@code model.json}, what one must know to use it.
 * Depends on {@code network}, {@code image} and {@code io}.
 */
package io.github.sparkcnn.model;
