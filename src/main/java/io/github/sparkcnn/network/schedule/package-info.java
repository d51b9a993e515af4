/**
 * How the learning rate changes during training: one file per schedule, with the provider that finds it by its name. Pure
 * arithmetic. Depends on {@code keys}.
 */
package io.github.sparkcnn.network.schedule;
