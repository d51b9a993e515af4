/**
 * Fetching the official data sets over HTTP(S), checked and resumed. Depends on {@code io}, {@code keys} and Hadoop.
 */
package io.github.sparkcnn.data.download;
