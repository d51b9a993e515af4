/**
 * Kaggle's CSV of images, read and written. Depends on {@code config}, {@code data.format}, {@code data.pack}, {@code image}, {@code
 * io}, Hadoop and Spark.
 */
package io.github.sparkcnn.data.csv;
