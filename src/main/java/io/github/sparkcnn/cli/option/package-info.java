/**
 * Words that several commands take, each with what it means. Depends on {@code config}, {@code data.format}, {@code io}, Hadoop and
 * picocli.
 */
package io.github.sparkcnn.cli.option;
