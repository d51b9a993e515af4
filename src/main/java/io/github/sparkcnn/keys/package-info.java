/**
 * How words of a configuration find code and values: named parts ({@link io.github.sparkcnn.keys.Registry}), the keys beside a
 * name ({@link io.github.sparkcnn.keys.Options}), and what a misspelt word meant. Depends on nothing but the error's type.
 */
package io.github.sparkcnn.keys;
