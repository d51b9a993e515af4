/** Fetching the official data sets over HTTP(S), checked and resumed. Depends on {@code data} and {@code io}. */
package io.github.sparkcnn.data.download;
