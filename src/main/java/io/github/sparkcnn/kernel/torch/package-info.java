/**
 * The engine {@code torch}: the steps of a network as operations of libtorch, called through JavaCPP's presets, with its automatic
 * differentiation; on one device, where the flat parameters, their gradient and the updater's state are one tensor each. Never run on
 * a GPU. Depends on {@code config}, {@code device}, {@code image}, {@code kernel}, {@code kernel.step}, {@code kernel.step.reader},
 * {@code kernel.torch.loss}, {@code kernel.torch.operation}, {@code kernel.torch.tensor}, {@code kernel.torch.update}, {@code network},
 * ND4J and libtorch.
 */
package io.github.sparkcnn.kernel.torch;
