package io.github.sparkcnn.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.hocon.HoconText;
import java.util.Map;

/**
 * Keys that are called otherwise today; what somebody wrote under the former name goes on to hold, by itself, in what a
 * substitution brings in, and in what it refers to.
 */
final class FormerNames {

    private static final String GROUP = "device";

    /** In the group, by the former name. */
    private static final Map<String, String> TODAY = Map.of("kernels", "engine");

    private FormerNames() {}

    /** The former names, as what today's come to: below all that is given, for what refers to them. */
    static Config aliases() {
        Config aliases = ConfigFactory.empty();
        for (Map.Entry<String, String> name : TODAY.entrySet()) {
            String alias = path(name.getKey()) + " = ${" + path(name.getValue()) + "}";
            aliases = new HoconText("the former names", alias).parse().withFallback(aliases);
        }
        return aliases;
    }

    /**
     * The same without the aliases, after all substitutions are replaced. What one of them has brought in under the former name
     * is there only now.
     *
     * @param place of all but the flags and the defaults
     */
    static Config remove(String place, Config resolved, Config flags, Config defaults) {
        Config removed = resolved;
        for (Map.Entry<String, String> name : TODAY.entrySet()) {
            removed = remove(place, removed, flags, defaults, path(name.getKey()), path(name.getValue()));
        }
        return removed;
    }

    private static Config remove(
            String place, Config resolved, Config flags, Config defaults, String former, String today) {
        Config removed = resolved.withoutPath(former);
        if (!resolved.hasPath(former) || !resolved.hasPath(today) || flags.hasPath(today)) {
            return removed;
        }
        ConfigValue given = resolved.getValue(former);
        ConfigValue current = resolved.getValue(today);
        if (given.equals(current)) {
            return removed;
        }
        if (!current.origin().equals(defaults.getValue(today).origin())) {
            throw bothAreSet(place, former, today);
        }
        return removed.withValue(today, given);
    }

    private static UserException bothAreSet(String place, String former, String today) {
        return new UserException(
                "use the configuration",
                today + " and " + former + ", its former name, are both set in " + place,
                "Remove the latter");
    }

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
        } catch (ConfigException.NotResolved e) { // it refers to another key, and is looked at when that is there
            return config;
        }
        if (group.containsKey(today)) {
            throw bothAreSet(place, path(former), path(today));
        }
        ConfigValue value = group.get(former);
        return config.withoutPath(path(former)).withValue(path(today), value);
    }

    private static String path(String name) {
        return GROUP + "." + name;
    }
}
