/**
 * Images on the executors, packed: read once into blocks, chosen by position, dealt to workers, and read there in any order. Knows
 * no file format. Depends on {@code config}, {@code data.job}, {@code image}, {@code io}, {@code random} and Spark.
 */
package io.github.sparkcnn.data.pack;
