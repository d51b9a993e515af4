package io.github.sparkcnn.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.github.sparkcnn.UserException;

/** {@code network.name} or {@code network.definition}: whichever {@code --set} gives counts, and no place gives both. */
final class NetworkChoice {

    private static final String GROUP = "network";
    private static final String NAME = "name";
    private static final String DEFINITION = "definition";

    private NetworkChoice() {}

    /** The flags over the experiment, without what is chosen against. */
    static Config merge(String experimentName, Config experiment, Config flags) {
        requireOne(experimentName, experiment);
        requireOne("--set", flags);
        Config below = experiment;
        if (gives(flags, DEFINITION)) {
            below = below.withoutPath(GROUP + "." + NAME);
        }
        if (gives(flags, NAME)) {
            below = below.withoutPath(GROUP + "." + DEFINITION);
        }
        return flags.withFallback(below);
    }

    private static void requireOne(String place, Config config) {
        if (gives(config, NAME) && gives(config, DEFINITION)) {
            throw new UserException(
                    "use the configuration",
                    "network.name and network.definition are both set in " + place,
                    "Remove one of them: a definition is a network of its own");
        }
    }

    private static boolean gives(Config config, String key) {
        try {
            ConfigValue value = config.root().get(GROUP) instanceof ConfigObject group ? group.get(key) : null;
            return value != null && value.valueType() != ConfigValueType.NULL;
        } catch (ConfigException.NotResolved e) { // it refers to another key, and is something
            return true;
        }
    }
}
