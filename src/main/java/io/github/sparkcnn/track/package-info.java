/**
 * What a run leaves behind for people and programs: what each epoch came to, where its time went and on what, metrics, manifest.
 * Depends on {@code io}, {@code kernel}, Spark and Hadoop.
 */
package io.github.sparkcnn.track;
