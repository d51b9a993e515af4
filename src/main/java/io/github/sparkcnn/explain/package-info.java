/**
 * Which parts of an image speak for a class: computed from predictions alone, of any network on any engine, and drawn. Knows nothing of
 * networks. Depends on {@code image}.
 */
package io.github.sparkcnn.explain;
