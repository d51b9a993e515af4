/**
 * What every package may use: the exceptions for the user's mistakes and for files, what closes
 * a file that nobody takes, texts from outside in messages,
 * numbers from outside of what comes next, and calls of what two lines of a library both have. Depends on nothing.
 */
package io.github.sparkcnn;
