/** Models → predictions: one {@link io.github.sparkcnn.predict.Scorer} interface, an implementation per engine. */
package io.github.sparkcnn.predict;
