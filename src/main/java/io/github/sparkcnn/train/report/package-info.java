/**
 * {@code report.html} of a training run, while it goes on and when it has ended. Depends on {@code config}, {@code eval}, {@code explain},
 * {@code image}, {@code kernel}, {@code network}, {@code predict}, {@code track}, {@code track.report}, {@code train.listener} and Spark.
 */
package io.github.sparkcnn.train.report;
