/**
 * A run as MLflow keeps it: parameters, metrics, tags and artifacts, on a tracking server (REST API 2.0) or in a folder that one can be
 * started on. Calls return at once; what fails is said once and costs nothing else. Depends on {@code config}, {@code image}, {@code io}
 * and Hadoop; knows nothing of training.
 */
package io.github.sparkcnn.track.mlflow;
