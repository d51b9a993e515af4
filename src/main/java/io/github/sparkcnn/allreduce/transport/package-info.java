/**
 * Spark's network library as workers and driver use it: open ends with the run's secret, addresses, and the small messages
 * between them; who connects has to name the run before more than that is read. Depends on Spark only.
 */
package io.github.sparkcnn.allreduce.transport;
