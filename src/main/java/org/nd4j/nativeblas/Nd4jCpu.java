package org.nd4j.nativeblas;

import org.nd4j.linalg.factory.Nd4j;

/**
 * The class that DL4J's oneDNN helpers ask whether they may run. In M2.1 the real one moved to another package and the
 * helpers, still looking here, switched themselves off for good ({@code BaseMKLDNNHelper.mklDnnEnabled}).
 */
public final class Nd4jCpu {

    private Nd4jCpu() {}

    /** The part of it that is asked. */
    public static final class Environment {
        private static final Environment INSTANCE = new Environment();

        private Environment() {}

        public static Environment getInstance() {
            return INSTANCE;
        }

        /** Whether the loaded build of ND4J's natives contains oneDNN. */
        public boolean isUseMKLDNN() {
            return Nd4j.getBackend().buildInfo().contains("HAVE_ONEDNN");
        }
    }
}
