/**
 * The strategies: what each can train, with how many workers and where ({@code TrainingStrategy}), and the trainers behind them.
 * All take the same steps ({@code EpochSteps}); they average in the same rounds ({@code AveragingRounds}) alone in the driver and
 * among the workers of a barrier stage that stays ({@code train.stage}), or by Deeplearning4j's training master. Depends on
 * {@code allreduce}, {@code allreduce.rendezvous}, {@code allreduce.transport}, {@code config}, {@code data.job}, {@code data.minibatch}, {@code
 * data.pack}, {@code device}, {@code eval}, {@code image}, {@code io}, {@code kernel}, {@code kernel.torch.group}, {@code
 * kernel.update}, {@code network}, {@code network.schedule}, {@code random}, {@code track}, {@code train.dl4j}, {@code
 * train.feed}, {@code train.stage}, Spark, Deeplearning4j and ND4J.
 */
package io.github.sparkcnn.train.strategy;
