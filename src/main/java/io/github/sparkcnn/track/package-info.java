/** What a run leaves behind for people and programs: metrics, manifest. Depends on {@code io}, {@code kernel}, Hadoop and Spark. */
package io.github.sparkcnn.track;
