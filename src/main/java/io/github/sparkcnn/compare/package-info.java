/**
 * One device against several: the same experiment trained with different numbers of workers and strategies, and the table of
 * what that gained. Depends on {@code allreduce}, {@code config}, {@code console}, {@code device}, {@code io}, {@code network}, {@code track},
 * {@code track.report}, {@code train}, {@code train.listener}, {@code train.tracking}, Hadoop and Spark.
 */
package io.github.sparkcnn.compare;
