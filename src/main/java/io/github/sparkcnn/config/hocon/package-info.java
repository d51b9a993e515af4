/**
 * HOCON as people write it: an experiment's text ({@code HoconText}), a setting of the command line ({@code Setting}), and texts that are
 * made of values again ({@code GivenKeys}, {@code HoconValues}). Depends on Typesafe Config.
 */
package io.github.sparkcnn.config.hocon;
