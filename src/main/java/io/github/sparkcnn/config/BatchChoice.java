package io.github.sparkcnn.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import io.github.sparkcnn.keys.Keys;

/** {@code training.batch-size} or {@code training.total-batch-size}: whichever {@code --set} gives counts, and then the experiment's. */
final class BatchChoice {

    private static final String GROUP = "training";
    private static final String OWN = GROUP + "." + BatchSize.OWN;
    private static final String TOTAL = GROUP + "." + BatchSize.TOTAL;

    private BatchChoice() {}

    /** Takes away the one that is chosen against; both stay where one place gives both, and are refused where they are read. */
    static Config merge(Config resolved, Config flags) {
        boolean byFlag = flags.hasPath(TOTAL);
        if (flags.hasPath(OWN)) {
            return byFlag ? resolved : without(resolved, TOTAL);
        }
        boolean isDefault = !Keys.ofConfiguration(resolved, ConfigurationReader.reference())
                .under(GROUP)
                .isGiven(BatchSize.OWN);
        return byFlag || (resolved.hasPath(TOTAL) && isDefault) ? without(resolved, OWN) : resolved;
    }

    private static Config without(Config config, String key) {
        return config.withValue(key, ConfigValueFactory.fromAnyRef(null));
    }
}
