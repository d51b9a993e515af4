/**
 * The optimizers: one file each, with the provider that finds it by its name. Depends on {@code keys} and on ND4J's own
 * description of an optimizer.
 */
package io.github.sparkcnn.network.optimizer;
