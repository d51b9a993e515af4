package io.github.sparkcnn.kernel.step;

/**
 * How the kernels of a convolution lie in their slice: how many floats apart two neighbours along each dimension are.
 *
 * @param group from the kernels of one group of channels to those of the next
 * @param output from one output of a group to the next
 * @param input from one input of a group to the next
 * @param row of the kernel
 * @param column of the kernel
 */
public record KernelLayout(long group, long output, long input, long row, long column) {

    /** {@code [outputs, inputs, height, width]} in c order, the outputs group by group. */
    public static KernelLayout ofOutputs(long outputsOfGroup, long inputsOfGroup, Sliding sliding) {
        long kernel = (long) sliding.height().kernel() * sliding.width().kernel();
        return new KernelLayout(
                outputsOfGroup * inputsOfGroup * kernel,
                inputsOfGroup * kernel,
                kernel,
                sliding.width().kernel(),
                1);
    }
}
