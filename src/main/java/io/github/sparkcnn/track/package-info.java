/**
 * What a run leaves behind for people and programs: what each epoch came to, where its time went and on what, metrics, manifest.
 * Depends on {@code io}; names the files of {@code data} and the backend of {@code kernel}.
 */
package io.github.sparkcnn.track;
