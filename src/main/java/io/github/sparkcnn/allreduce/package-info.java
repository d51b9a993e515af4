/**
 * Averages vectors of floats between the workers of one run, directly from worker to worker. Knows floats and peers, nothing
 * of networks or training, and nothing of Spark: this package is the {@link io.github.sparkcnn.allreduce.Communicator} that
 * training is written against, the mathematics of two exchanges ({@link io.github.sparkcnn.allreduce.RingAverage},
 * {@link io.github.sparkcnn.allreduce.HalvingAverage}), and the rule that chooses between them
 * ({@link io.github.sparkcnn.allreduce.Exchange}). Depends on nothing. Below it {@code transport} is Spark's network as
 * messages, {@code memory} what workers of one host share, {@code ring} a communicator on both, and {@code rendezvous} how driver and workers find each other.
 */
package io.github.sparkcnn.allreduce;
