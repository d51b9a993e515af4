/**
 * The job {@code predict}: which columns are told of a user's images, and where they are written. Depends on {@code config}, {@code data}, {@code
 * data.format}, {@code data.job}, {@code image}, {@code io}, {@code model}, {@code predict}, Hadoop and Spark.
 */
package io.github.sparkcnn.predict.run;
