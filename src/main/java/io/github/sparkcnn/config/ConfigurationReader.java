package io.github.sparkcnn.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.keys.Nearest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Turns an experiment's text and the {@code --set} flags into a {@link Configuration}. Precedence: {@code --set}, then the
 * experiment, then {@code reference.conf}, which also defines which keys there are.
 */
public final class ConfigurationReader {

    /** Below these the keys depend on a name (which network, which schedule) and are checked by who they are for. */
    private static final Set<String> OPEN_GROUPS = Set.of("network", "training.optimizer", "training.schedule");

    private static final Config REFERENCE = ConfigFactory.parseResources(ConfigurationReader.class, "reference.conf");

    private ConfigurationReader() {}

    /**
     * Reads and validates.
     *
     * @param name what the experiment is called in messages: its path
     * @param experiment HOCON
     * @param settings {@code KEY=VALUE}, later ones win
     */
    public static Configuration read(String name, String experiment, List<String> settings) {
        Config flags = ConfigFactory.empty();
        for (String setting : settings) {
            flags = parseSetting(setting).withFallback(flags);
        }
        Config own = NetworkChoice.merge(name, parse(name, experiment), flags);
        refuseUnknownKeys(own.root(), "");
        try {
            return Configuration.of(own.withFallback(REFERENCE).resolve());
        } catch (ConfigException.UnresolvedSubstitution e) {
            throw new UserException("read " + name, oneLine(e), "Define what ${...} refers to");
        }
    }

    /** Whether a setting {@code KEY=VALUE} gives this key a value, by itself or within a group. */
    public static boolean sets(String setting, String key) {
        return parseSetting(setting).hasPathOrNull(key);
    }

    static Config defaults() {
        return REFERENCE;
    }

    private static Config parse(String name, String text) {
        try {
            return ConfigFactory.parseString(text);
        } catch (ConfigException.Parse e) {
            throw new UserException("read " + name, oneLine(e), "Correct the HOCON there");
        }
    }

    private static Config parseSetting(String setting) {
        int equals = setting.indexOf('=');
        if (equals < 1) {
            throw new UserException(
                    "use --set " + setting, "it has no KEY=VALUE", "Write e.g. --set training.epochs=3");
        }
        String key = setting.substring(0, equals).strip();
        String value = setting.substring(equals + 1).strip();
        try {
            return ConfigFactory.parseString(key + " = " + value);
        } catch (ConfigException.Parse e) {
            // A path or another text that HOCON would need quotes for.
            return ConfigFactory.parseString(
                    key + " = \"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
        }
    }

    private static void refuseUnknownKeys(ConfigObject group, String prefix) {
        for (Map.Entry<String, ConfigValue> entry : group.entrySet()) {
            String path = prefix + entry.getKey();
            if (!REFERENCE.hasPathOrNull(path)) {
                throw new UserException(
                        "use the configuration",
                        "there is no key " + path,
                        Nearest.of(path, knownKeys())
                                .map(near -> "Did you mean " + near + "? All keys are in conf/reference.conf")
                                .orElse("All keys are in conf/reference.conf"));
            }
            boolean isGroup = REFERENCE.hasPath(path) && REFERENCE.getValue(path) instanceof ConfigObject;
            if (isGroup && !(entry.getValue() instanceof ConfigObject)) {
                throw new UserException(
                        "use the configuration",
                        path + " is a group of keys",
                        "Set one of them, e.g. "
                                + knownKeys().stream()
                                        .filter(key -> key.startsWith(path + "."))
                                        .findFirst()
                                        .orElse(path));
            }
            if (isGroup && !OPEN_GROUPS.contains(path)) {
                refuseUnknownKeys((ConfigObject) entry.getValue(), path + ".");
            }
        }
    }

    private static Set<String> knownKeys() {
        Set<String> keys = new TreeSet<>();
        collect(REFERENCE.root(), "", keys);
        return keys;
    }

    private static void collect(ConfigObject group, String prefix, Set<String> keys) {
        group.forEach((name, value) -> {
            keys.add(prefix + name);
            if (value instanceof ConfigObject inner) {
                collect(inner, prefix + name + ".", keys);
            }
        });
    }

    private static String oneLine(ConfigException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("").replaceAll("\\.$", "");
    }
}
