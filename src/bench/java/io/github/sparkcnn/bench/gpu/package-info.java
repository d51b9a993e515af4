/**
 * Whether engine {@code torch} does on a device what it does on a processor, and how fast: each {@code Check} is one question,
 * {@code GpuCheck} asks them all, and {@code src/bench/gpu-check} runs it. Not in the jar.
 */
package io.github.sparkcnn.bench.gpu;
