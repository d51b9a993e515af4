/**
 * What every package may use: the one exception for the user's mistakes, texts from outside in messages, and numbers
 * from outside of what comes next. Depends on nothing.
 */
package io.github.sparkcnn;
