/**
 * The configuration as immutable, validated records, and the one reader that states the precedence: {@code --set}, then the
 * experiment's file, then {@code reference.conf}. Depends on nothing but Typesafe Config.
 */
package io.github.sparkcnn.config;
