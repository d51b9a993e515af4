/**
 * A communicator whose workers sit in a ring: connections to neighbours, of many workers also across the ring, segments on their
 * way in and out, and the watch over those who stall. Depends on {@code allreduce},
 * {@code allreduce.memory}, {@code allreduce.transport} and Spark.
 */
package io.github.sparkcnn.allreduce.ring;
