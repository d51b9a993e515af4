/**
 * A network as elementary steps between numbered values, and the orders and fusions that leave the function as it is; for every
 * engine that does not run DL4J's own layers. Depends on nothing but Java.
 */
package io.github.sparkcnn.kernel.step;
