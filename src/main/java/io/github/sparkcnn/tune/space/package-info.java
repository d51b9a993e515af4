/**
 * What is searched over: the keys of a space, what each may be, and the trials that are drawn from it. Depends on {@code config.hocon},
 * {@code keys} and {@code random}.
 */
package io.github.sparkcnn.tune.space;
