package io.github.sparkcnn.kernel.torch;

import io.github.sparkcnn.image.LabelledPixels;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.kernel.KeptImages;
import io.github.sparkcnn.kernel.Replica;

/** Images that are kept where a replica of libtorch's computes, also where that is host memory, in which a run leaves them. */
public final class KeptOnHost {

    private KeptOnHost() {}

    public static KeptImages of(Replica replica, LabelledPixels images, PixelScale scale) {
        return ((TorchReplica) replica).keepOnDevice(images, scale);
    }
}
