/**
 * IDX files, plain and compressed. Depends on {@code data.format}, {@code data.pack}, {@code image}, {@code io}, Hadoop and Spark.
 */
package io.github.sparkcnn.data.idx;
