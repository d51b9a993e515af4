package io.github.sparkcnn.kernel.onednn.spatial;

import io.github.sparkcnn.kernel.onednn.primitive.OneDnn;
import org.bytedeco.dnnl.memory;

/** Layouts of images. */
final class Layouts {

    private Layouts() {}

    /** For images of other height and width: the layout of the given ones where it is of channels in blocks, row-major otherwise. */
    static memory.desc like(memory.desc given, long[] dims) {
        if (given.get_inner_nblks() == 1 && given.get_inner_idxs().get(0) == 1) {
            long block = given.get_inner_blks().get(0);
            if (block == 16) {
                return OneDnn.describe(dims, memory.format_tag.nChw16c);
            }
            if (block == 8) {
                return OneDnn.describe(dims, memory.format_tag.nChw8c);
            }
        }
        return OneDnn.plain(dims);
    }

    /** Row-major but for the channels, which are next to one another. */
    static memory.desc channelsLast(long[] dims) {
        return OneDnn.describe(dims, memory.format_tag.nhwc);
    }
}
