/**
 * The story of a training run ({@link io.github.sparkcnn.train.TrainingRun}), the strategies behind
 * {@link io.github.sparkcnn.train.strategy.Trainer}, and what listens to them. Depends on everything but {@code cli}.
 */
package io.github.sparkcnn.train;
