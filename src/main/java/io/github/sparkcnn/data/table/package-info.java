/**
 * Tables: Parquet, ORC, Avro and JSON lines, in files or in the session's catalogue; Spark reads them, this finds the columns of
 * image and label. Depends on {@code config}, {@code data.format}, {@code data.pack}, {@code data.table.pixels}, {@code image},
 * {@code io}, Hadoop and Spark.
 */
package io.github.sparkcnn.data.table;
