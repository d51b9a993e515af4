/**
 * Kaggle's CSV of images, read and written. Depends on {@code data.format}, {@code data.pack}, {@code image}, {@code io}, {@code
 * config}, Hadoop and Spark.
 */
package io.github.sparkcnn.data.csv;
