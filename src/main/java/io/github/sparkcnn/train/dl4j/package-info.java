/**
 * Deeplearning4j's training master, given a round of minibatches at a time ({@code OneSplitTrainingMaster}), which are data sets to it
 * ({@code RoundOfDataSets}, {@code MinibatchDataSet}). Depends on {@code data.minibatch}, {@code data.pack}, {@code image}, {@code kernel}, Spark, Deeplearning4j and ND4J.
 */
package io.github.sparkcnn.train.dl4j;
