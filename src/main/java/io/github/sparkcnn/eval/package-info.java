/** What a network is worth on a test set: immutable results. Depends on {@code data} and {@code kernel}. */
package io.github.sparkcnn.eval;
