/**
 * The image and the label of a DataFrame's row, in whatever type its columns hold them: an encoded picture, bytes, Spark's image
 * struct, an array, a vector, or a number in each of many columns; a label that is a number, a boolean or a text. And the way from
 * such rows to packed blocks. Depends on {@code config}, {@code data.decode}, {@code data.format}, {@code data.pack}, {@code image},
 * {@code io}, Hadoop and Spark.
 */
package io.github.sparkcnn.data.column;
