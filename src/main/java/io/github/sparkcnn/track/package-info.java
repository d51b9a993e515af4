/** What a run leaves behind for people and programs: metrics, manifest. Depends on {@code io} and {@code config}. */
package io.github.sparkcnn.track;
