/**
 * Who hears of a run's epochs, in the driver and in order: what writes its lines and checkpoints, what watches times and devices,
 * TensorBoard, the console. Depends on {@code checkpoint}, {@code config}, {@code console}, {@code eval}, {@code image}, {@code io},
 * {@code kernel}, {@code network}, {@code track}, {@code track.tensorboard} and Hadoop.
 */
package io.github.sparkcnn.train.listener;
