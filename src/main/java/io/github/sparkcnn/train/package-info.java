/**
 * The story of a training run ({@code TrainingRun}), its epochs ({@code EpochLoop}), what it begins with and what it leaves behind.
 * Depends on {@code checkpoint}, {@code config}, {@code data}, {@code data.augment}, {@code data.format}, {@code data.minibatch},
 * {@code data.pack}, {@code device}, {@code eval}, {@code image}, {@code io}, {@code kernel}, {@code model}, {@code network},
 * {@code network.architecture}, {@code network.schedule}, {@code track}, {@code track.report}, {@code train.listener},
 * {@code train.report}, {@code train.start}, {@code train.strategy}, {@code train.tracking}, Spark and Hadoop.
 */
package io.github.sparkcnn.train;
