/**
 * Workers that sleep for as long as their steps would last: an engine ({@code PacedEngine}) for trainings of which all else is real,
 * with more workers than there are processors. {@code PacedBenchmark} runs them. Not in the jar.
 */
package io.github.sparkcnn.bench.paced;
