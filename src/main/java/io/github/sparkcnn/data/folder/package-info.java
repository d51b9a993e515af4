/**
 * Images as files: folders with a sub-folder a class, and zip and tar archives of such folders. A listing finds members, their
 * names tell halves and classes, chunks of them are read and decoded by a task each. Depends on {@code config}, {@code
 * data.decode}, {@code data.format}, {@code data.pack}, {@code image}, {@code io}, Hadoop and Spark.
 */
package io.github.sparkcnn.data.folder;
