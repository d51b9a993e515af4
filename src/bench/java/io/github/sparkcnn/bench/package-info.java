/**
 * Where the project's figures come from: each {@code …Benchmark} prints one kind of them, {@code src/bench/run} runs it by its name,
 * and the pages say which command printed what. Not in the jar.
 */
package io.github.sparkcnn.bench;
