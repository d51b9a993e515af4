/**
 * libtorch's library, the device that tensors lie on, a network's flat arrays there and their copy in host memory. Depends on {@code
 * kernel.step} and libtorch.
 */
package io.github.sparkcnn.kernel.torch.tensor;
