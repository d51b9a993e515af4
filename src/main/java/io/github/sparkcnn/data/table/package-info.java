/**
 * Tables: Parquet, ORC, Avro and JSON lines, in files or in the session's catalogue; Spark reads them, this finds the columns of
 * image and label. Depends on {@code config}, {@code data.column}, {@code data.format}, {@code io}, Hadoop and
 * Spark.
 */
package io.github.sparkcnn.data.table;
