/**
 * A training run as other programs keep it: what MLflow is told of its epochs, its end and its model, and runs within a run. Depends on
 * {@code config}, {@code eval}, {@code image}, {@code io}, {@code model}, {@code network}, {@code onnx}, {@code predict}, {@code track},
 * {@code track.mlflow}, {@code train.listener} and Hadoop.
 */
package io.github.sparkcnn.train.tracking;
