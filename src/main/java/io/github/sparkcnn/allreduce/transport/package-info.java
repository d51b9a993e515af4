/**
 * Spark's network library as workers and driver use it: open ends with the run's secret, addresses, and the small messages
 * between them. Depends on Spark only.
 */
package io.github.sparkcnn.allreduce.transport;
