/**
 * The state of a run between two epochs or within one, written whole with checksums, read back to the bit, pruned. Depends on {@code track},
 * {@code network}, {@code io} and Hadoop for what is in it and where it goes; knows nothing of training.
 */
package io.github.sparkcnn.checkpoint;
