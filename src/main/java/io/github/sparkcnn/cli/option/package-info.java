/**
 * Words that several commands take, each with what it means. Depends on {@code config}, {@code console}, {@code data}, {@code data.format},
 * {@code io}, {@code track.report}, Hadoop and picocli.
 */
package io.github.sparkcnn.cli.option;
