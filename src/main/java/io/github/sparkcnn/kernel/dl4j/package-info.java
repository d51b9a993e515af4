/**
 * The engine {@code dl4j}: Deeplearning4j's own layers, on any backend of ND4J's; the reference for the others. Depends on {@code
 * kernel}, {@code kernel.update}, {@code network} and {@code image}.
 */
package io.github.sparkcnn.kernel.dl4j;
