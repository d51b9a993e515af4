/**
 * A thin layer over oneDNN: tensors, the operations of a convolutional network with their gradients, and plans of them.
 * Knows oneDNN and flat float buffers, nothing of Deeplearning4j.
 */
package io.github.sparkcnn.kernel.onednn.primitive;
