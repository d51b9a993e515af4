/**
 * Averages vectors of floats between the workers of one run, directly from worker to worker. Knows floats and peers, nothing
 * of networks or training. {@link io.github.sparkcnn.allreduce.RingAverage} and what it uses is the mathematics, free of Spark;
 * {@link io.github.sparkcnn.allreduce.RingCommunicator} puts it on Spark's network library, and
 * {@link io.github.sparkcnn.allreduce.Coordinator} on the driver is where the workers find each other.
 */
package io.github.sparkcnn.allreduce;
