/**
 * The engine {@code dl4j}: Deeplearning4j's own layers, on any backend of ND4J's; the reference for the others. Depends on {@code
 * image}, {@code kernel}, {@code kernel.update}, {@code network}, Deeplearning4j and ND4J.
 */
package io.github.sparkcnn.kernel.dl4j;
