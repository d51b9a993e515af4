package io.github.sparkcnn.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.github.sparkcnn.UserException;
import java.util.Map;

/** Keys that are called otherwise today; what somebody wrote under the former name goes on to hold. */
final class FormerNames {

    private static final String GROUP = "device";

    /** In the group, by the former name. */
    private static final Map<String, String> TODAY = Map.of("kernels", "engine");

    private FormerNames() {}

    /** The same under today's names; no place gives both. */
    static Config replace(String place, Config config) {
        Config replaced = config;
        for (Map.Entry<String, String> name : TODAY.entrySet()) {
            replaced = replace(place, replaced, name.getKey(), name.getValue());
        }
        return replaced;
    }

    private static Config replace(String place, Config config, String former, String today) {
        ConfigObject group;
        try {
            group = config.root().get(GROUP) instanceof ConfigObject device ? device : null;
            if (group == null || !group.containsKey(former)) {
                return config;
            }
        } catch (ConfigException.NotResolved e) { // it refers to another key, and is looked at with that
            return config;
        }
        if (group.containsKey(today)) {
            throw new UserException(
                    "use the configuration",
                    path(today) + " and " + path(former) + ", its former name, are both set in " + place,
                    "Remove the latter");
        }
        ConfigValue value = group.get(former);
        return config.withoutPath(path(former)).withValue(path(today), value);
    }

    private static String path(String name) {
        return GROUP + "." + name;
    }
}
