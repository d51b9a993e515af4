/**
 * Averaging by a group of libtorch's processes, each with its device: NCCL's between the GPUs of one machine, which was never
 * run. Depends on {@code allreduce}, {@code kernel.torch.tensor} and libtorch.
 */
package io.github.sparkcnn.kernel.torch.group;
