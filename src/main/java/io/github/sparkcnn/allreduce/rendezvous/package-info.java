/**
 * How the workers of a run find each other and call the driver: the {@link io.github.sparkcnn.allreduce.rendezvous.Coordinator}
 * there, a {@link io.github.sparkcnn.allreduce.rendezvous.DriverLink} in each worker, which takes a seat in the ring. Depends on
 * {@code allreduce}, {@code allreduce.ring}, {@code allreduce.transport} and Spark.
 */
package io.github.sparkcnn.allreduce.rendezvous;
