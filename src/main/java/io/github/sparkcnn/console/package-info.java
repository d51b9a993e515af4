/**
 * What a command says while it works and when it is done, to people: lines that stay, a line on a terminal that is drawn over, how long
 * it will take, and what to do next. Depends on {@code config}, {@code io} and Hadoop.
 */
package io.github.sparkcnn.console;
