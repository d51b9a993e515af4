/**
 * The image of a table's row, in whatever type a column holds it: bytes, an encoded picture, Spark's image struct, an array, a
 * vector, or a number in each of many columns. Depends on {@code data.decode}, {@code data.format}, {@code image} and Spark.
 */
package io.github.sparkcnn.data.table.pixels;
