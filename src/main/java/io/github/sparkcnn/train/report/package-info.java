/**
 * {@code report.html} of a training run, while it goes on and when it has ended, and a tab of Spark's page. Depends on {@code config},
 * {@code eval}, {@code explain}, {@code image}, {@code io}, {@code kernel}, {@code network}, {@code predict}, {@code track}, {@code
 * track.report}, {@code train.listener} and Spark.
 */
package io.github.sparkcnn.train.report;
