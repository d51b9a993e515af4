/**
 * A thin layer over oneDNN: tensors, the operations of a convolutional network with their gradients, and plans of them over flat
 * float buffers. Depends on oneDNN.
 */
package io.github.sparkcnn.kernel.onednn.primitive;
