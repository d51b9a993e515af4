/**
 * Columns of a DataFrame that hold images and labels: what kind a column is, and the way from its rows to packed blocks. Depends
 * on {@code data.format}, {@code data.pack}, {@code image} and Spark.
 */
package io.github.sparkcnn.data.column;
