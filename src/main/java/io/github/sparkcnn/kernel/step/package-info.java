/**
 * A network as elementary steps between numbered values: reading it, the orders and fusions that leave the function as it is. For
 * every engine that does not run DL4J's own layers. Depends on {@code network}, Deeplearning4j and ND4J, whose layer configurations it
 * reads so that nobody else has to.
 */
package io.github.sparkcnn.kernel.step;
