/**
 * Hyperparameter search: trials drawn from a space of configurations, each trained as a run of its own, all to their end or by
 * successive halving, and the best of them. Depends on {@code config}, {@code console}, {@code device}, {@code io},
 * {@code keys}, {@code network}, {@code track}, {@code track.report}, {@code train}, {@code train.listener}, {@code train.strategy}, {@code train.tracking}, {@code tune.space}, Hadoop and Spark.
 */
package io.github.sparkcnn.tune;
