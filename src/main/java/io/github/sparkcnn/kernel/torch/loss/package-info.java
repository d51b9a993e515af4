/**
 * From a network's last sums to probabilities, the loss and its gradient, on the device. Depends on {@code kernel.step}, {@code
 * kernel.torch.tensor} and libtorch.
 */
package io.github.sparkcnn.kernel.torch.loss;
