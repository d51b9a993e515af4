/**
 * The way in for programs of one's own that have a Spark session: train, compare, tune, evaluate, predict, save, load. Depends on
 * {@code compare}, {@code config}, {@code data}, {@code data.format}, {@code eval}, {@code io}, {@code model}, {@code predict},
 * {@code track}, {@code train}, {@code train.listener}, {@code tune}, {@code tune.space} and Spark.
 */
package io.github.sparkcnn.api;
