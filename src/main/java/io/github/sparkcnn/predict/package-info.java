/**
 * Models → predictions: {@link io.github.sparkcnn.predict.Predictions} adds columns to rows with images; one {@link io.github.sparkcnn.predict.Scorer} interface, an implementation per engine, on the device that
 * {@link io.github.sparkcnn.predict.PredictionDevice} asks for. Depends on {@code config}, {@code data.format}, {@code data.job}, {@code explain}, {@code image},
 * {@code io}, {@code kernel}, {@code model}, {@code network}, {@code onnx}, {@code track}, ND4J, Hadoop and Spark.
 */
package io.github.sparkcnn.predict;
