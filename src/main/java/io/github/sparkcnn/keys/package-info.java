/**
 * How words of a configuration find code and values: named parts ({@link io.github.sparkcnn.keys.Registry}), the one reader of keys
 * ({@link io.github.sparkcnn.keys.Keys}) with the ranges they may be in, and what a misspelt word meant. Depends on Typesafe Config
 * and the error's type.
 */
package io.github.sparkcnn.keys;
