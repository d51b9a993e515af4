/**
 * A network read as elementary steps, for every engine that does not run DL4J's own layers. One class reads one kind of layer, field by
 * field, and refuses what it does not know; {@link io.github.sparkcnn.kernel.step.reader.LayerReaders} finds it. Depends on {@code
 * kernel.step}, {@code network}, Deeplearning4j and ND4J, whose layer configurations it reads so that nobody else has to.
 */
package io.github.sparkcnn.kernel.step.reader;
