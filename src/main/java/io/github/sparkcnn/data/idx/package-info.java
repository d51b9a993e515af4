/**
 * IDX files, plain and compressed. Depends on {@code data.format}, {@code data.pack}, {@code image}, {@code io} and Spark.
 */
package io.github.sparkcnn.data.idx;
