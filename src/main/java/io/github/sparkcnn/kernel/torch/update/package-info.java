/**
 * From the mean gradient of a minibatch to new parameters, over the flat tensors on the device, by the rules of {@code kernel.update};
 * what Deeplearning4j alone knows how to update is updated by it, in host memory. Depends on {@code kernel}, {@code kernel.torch.tensor},
 * {@code kernel.update}, {@code network}, Deeplearning4j, ND4J and libtorch.
 */
package io.github.sparkcnn.kernel.torch.update;
