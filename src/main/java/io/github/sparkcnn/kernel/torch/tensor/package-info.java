/**
 * libtorch's library, the device that tensors lie on, in which numbers it multiplies, a network's flat arrays there and their copy in
 * host memory. Depends on {@code config}, {@code kernel.step} and libtorch.
 */
package io.github.sparkcnn.kernel.torch.tensor;
