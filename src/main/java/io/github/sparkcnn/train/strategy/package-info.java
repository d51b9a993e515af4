/**
 * The strategies: what each can train, with how many workers and where ({@link io.github.sparkcnn.train.strategy.TrainingStrategy}),
 * and the trainers behind them. All take the same steps ({@code EpochSteps}) and average in the same rounds
 * ({@code AveragingRounds}): alone in the driver, among the workers of a barrier stage, or through Deeplearning4j's training master.
 * Knows neither files nor listeners; depends on {@code allreduce}, {@code kernel}, {@code network}, {@code data}, {@code device},
 * {@code config}, {@code track} and Spark.
 */
package io.github.sparkcnn.train.strategy;
