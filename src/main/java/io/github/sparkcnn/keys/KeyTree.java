package io.github.sparkcnn.keys;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;

/** Values of a configuration by their paths, as they stand there. */
final class KeyTree {

    private KeyTree() {}

    /** The value at a path, {@code null} as a value and all; null where there is none. */
    static ConfigValue value(Config config, String path) {
        ConfigValue value = config.root();
        for (String name : ConfigUtil.splitPath(path)) {
            value = value instanceof ConfigObject group ? group.get(name) : null;
        }
        return value;
    }

    /** A name as a path has it: in quotes where it is no word. */
    static String path(String name) {
        return name.matches("[\\w-]+") ? name : ConfigUtil.quoteString(name);
    }

    /** Whether a value, or one in a group, comes from elsewhere than the standard, be it the same. */
    static boolean isGiven(ConfigValue value, ConfigValue standard) {
        if (value instanceof ConfigObject group && standard instanceof ConfigObject standards) {
            return group.entrySet().stream()
                    .anyMatch(entry -> isGiven(entry.getValue(), standards.get(entry.getKey())));
        }
        return value != null && (standard == null || !value.origin().equals(standard.origin()));
    }
}
