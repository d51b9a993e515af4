/**
 * What a format of image files is: it recognises files, looks at their beginnings, and reads them on the executors into packed
 * blocks. One that is not ours implements {@link io.github.sparkcnn.data.format.ImageFormat} and is named in {@code
 * META-INF/services}. Depends on {@code config}, {@code data.pack}, {@code image}, {@code io}, {@code keys}, Hadoop and Spark.
 */
package io.github.sparkcnn.data.format;
