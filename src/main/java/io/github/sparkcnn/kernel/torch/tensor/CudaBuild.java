package io.github.sparkcnn.kernel.torch.tensor;

import java.util.Properties;
import org.bytedeco.javacpp.Loader;

/** The build of libtorch with CUDA, where its jar is on the class path: it computes on the processor too. Never run on a GPU. */
final class CudaBuild {
    private static final String EXTENSION = "-gpu";
    private static final String KEY = "platform.extension";

    private CudaBuild() {}

    /**
     * Loads libtorch so that JavaCPP takes this build if there is one. It chooses among the builds of a library by one word, which is
     * ND4J's before and after that.
     */
    static void preferWhile(Runnable loading) {
        Properties platform = Loader.loadProperties();
        String own = platform.getProperty(KEY);
        boolean isThere = CudaBuild.class.getResource(
                        "/org/bytedeco/pytorch/" + Loader.getPlatform() + EXTENSION + "/libtorch_cuda.so")
                != null;
        if (isThere) {
            platform.setProperty(KEY, EXTENSION);
        }
        try {
            loading.run();
        } finally {
            if (isThere && own == null) {
                platform.remove(KEY);
            } else if (isThere) {
                platform.setProperty(KEY, own);
            }
        }
    }
}
