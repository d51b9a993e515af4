package io.github.sparkcnn.kernel.onednn.spatial;

import io.github.sparkcnn.kernel.onednn.primitive.OneDnn;
import org.bytedeco.dnnl.memory;

/** Layouts of images. */
final class Layouts {

    private Layouts() {}

    /** For images of other dimensions: the layout of the given ones, of channels in blocks or last, or else row-major. */
    static memory.desc like(memory.desc given, long[] dims) {
        if (given.get_inner_nblks() == 1 && given.get_inner_idxs().get(0) == 1) {
            long block = given.get_inner_blks().get(0);
            if (block == 16) {
                return new memory.desc(dims, given.get_data_type(), memory.format_tag.nChw16c);
            }
            if (block == 8) {
                return new memory.desc(dims, given.get_data_type(), memory.format_tag.nChw8c);
            }
        }
        return isChannelsLast(given)
                ? channelsLast(dims, given.get_data_type())
                : OneDnn.plain(dims, given.get_data_type());
    }

    private static boolean isChannelsLast(memory.desc given) {
        long[] dims = new long[4];
        given.get_dims().get(dims);
        memory.data_type type = given.get_data_type();
        return given.equals(channelsLast(dims, type)) && !given.equals(OneDnn.plain(dims, type));
    }

    /** Row-major but for the channels, which are next to one another. */
    static memory.desc channelsLast(long[] dims, memory.data_type type) {
        return new memory.desc(dims, type, memory.format_tag.nhwc);
    }
}
