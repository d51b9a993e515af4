/** What every package may use: the one exception for the user's mistakes, and texts from outside in messages. Depends on nothing. */
package io.github.sparkcnn;
