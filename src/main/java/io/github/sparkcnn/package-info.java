/** What every package may use: the one exception for the user's mistakes. Depends on nothing. */
package io.github.sparkcnn;
