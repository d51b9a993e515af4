/**
 * The configuration as immutable records that are valid by construction, made in one pass by the one reader that states the
 * precedence: {@code --set}, then the experiment's file, then {@code reference.conf}. Depends on {@code config.hocon}, {@code keys}, on the parts that
 * read keys of their own ({@code network.architecture}, {@code network.schedule}, {@code network.optimizer}, {@code data.augment}),
 * on {@code network}, {@code image} and Typesafe Config.
 */
package io.github.sparkcnn.config;
