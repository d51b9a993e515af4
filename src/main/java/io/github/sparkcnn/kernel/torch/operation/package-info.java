/**
 * What each kind of step is in libtorch's operations, with the gradient by its automatic differentiation. Depends on {@code
 * kernel.step}, {@code kernel.torch.tensor} and libtorch.
 */
package io.github.sparkcnn.kernel.torch.operation;
