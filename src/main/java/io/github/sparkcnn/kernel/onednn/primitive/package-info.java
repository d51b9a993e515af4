/**
 * A thin layer over oneDNN: tensors, what an operation is, and plans of operations over flat float buffers. Depends on oneDNN.
 */
package io.github.sparkcnn.kernel.onednn.primitive;
