package io.github.sparkcnn.kernel.torch.tensor;

import org.bytedeco.pytorch.Tensor;

/**
 * Numbers where they are computed with, and their place among those of a {@link HostState}.
 *
 * @param tensor {@code [n]}
 * @param start where they begin in host memory
 */
public record Mirror(Tensor tensor, long start) {

    /** The same, so much further on. */
    public Mirror behind(long length) {
        return new Mirror(tensor, start + length);
    }
}
