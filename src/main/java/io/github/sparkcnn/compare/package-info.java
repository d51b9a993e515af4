/**
 * One device against several: the same experiment trained with different numbers of workers and strategies, and the table of
 * what that gained. Depends on {@code train}, {@code config} and {@code io}.
 */
package io.github.sparkcnn.compare;
