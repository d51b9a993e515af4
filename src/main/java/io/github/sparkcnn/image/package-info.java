/**
 * Images as bytes: one image's shape, many images packed in flat arrays, a minibatch of floats, and what turns one into another.
 * Values and arithmetic. Depends on nothing but the error's type.
 */
package io.github.sparkcnn.image;
