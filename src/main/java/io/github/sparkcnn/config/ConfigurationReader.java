package io.github.sparkcnn.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.hocon.GivenKeys;
import io.github.sparkcnn.config.hocon.HoconText;
import io.github.sparkcnn.config.hocon.Setting;
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

    /** Keys of a path or a name that {@code reference.conf} gives no value. */
    private static final Set<String> TEXTS_WITHOUT_DEFAULT = Set.of(
            "data.test",
            "data.columns.label",
            "network.definition",
            "network.pretrained",
            "tracking.mlflow.uri",
            "tracking.mlflow.run-name");

    /** Keys of a text by default, which may be a list or a group too. */
    private static final Set<String> TEXTS_OR_LISTS = Set.of("data.labels");

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
        return Configuration.of(resolved(name, experiment, settings));
    }

    /**
     * One experiment's text for all of it: what the experiment and the settings give, and nothing of {@code reference.conf}.
     *
     * @param name what the experiment is called in messages: its path
     * @param experiment HOCON
     * @param settings {@code KEY=VALUE}, later ones win
     */
    public static String merged(String name, String experiment, List<String> settings) {
        return GivenKeys.render(resolved(name, experiment, settings), REFERENCE);
    }

    private static Config resolved(String name, String experiment, List<String> settings) {
        HoconText text = new HoconText(name, experiment);
        Config flags = ConfigFactory.empty();
        for (String setting : settings) {
            flags = parse(setting).withFallback(flags);
        }
        Config own = NetworkChoice.merge(name, FormerNames.replace(name, text.parse()), flags);
        Config all = text.resolve(own.withFallback(FormerNames.aliases()).withFallback(REFERENCE));
        Config resolved = FormerNames.remove(name, all, flags, REFERENCE);
        refuseUnknownKeys(resolved.root(), REFERENCE.root(), "");
        return BatchChoice.merge(resolved, flags);
    }

    /** Whether a setting {@code KEY=VALUE} gives this key a value, by itself or within a group. */
    public static boolean sets(String setting, String key) {
        return parse(setting).hasPathOrNull(key);
    }

    /** What {@code reference.conf} says. */
    public static Configuration defaults() {
        return Defaults.READ;
    }

    static Config reference() {
        return REFERENCE;
    }

    private static Config parse(String setting) {
        Setting parsed = Setting.parse(setting);
        return FormerNames.replace("--set " + setting, parsed.config(isText(parsed.key())));
    }

    private static boolean isText(String key) {
        boolean hasTextByDefault =
                REFERENCE.hasPath(key) && REFERENCE.getValue(key).valueType() == ConfigValueType.STRING;
        return TEXTS_WITHOUT_DEFAULT.contains(key) || (hasTextByDefault && !TEXTS_OR_LISTS.contains(key));
    }

    /**
     * Refuses keys that there are not.
     *
     * @param prefix of the group's keys: {@code training.}
     */
    private static void refuseUnknownKeys(ConfigObject group, ConfigObject reference, String prefix) {
        for (Map.Entry<String, ConfigValue> entry : group.entrySet()) {
            String path = prefix + entry.getKey();
            if (!reference.containsKey(entry.getKey())) {
                throw unknownKey(path);
            }
            if (reference.get(entry.getKey()) instanceof ConfigObject inner) {
                if (!(entry.getValue() instanceof ConfigObject given)) {
                    throw notAGroup(path);
                }
                if (!OPEN_GROUPS.contains(path)) {
                    refuseUnknownKeys(given, inner, path + ".");
                }
            }
        }
    }

    private static UserException unknownKey(String path) {
        return new UserException(
                "use the configuration",
                "there is no key " + path,
                Nearest.of(path, knownKeys())
                        .map(near -> "Did you mean " + near + "? All keys are in conf/reference.conf")
                        .orElse("All keys are in conf/reference.conf"));
    }

    private static UserException notAGroup(String path) {
        String first = knownKeys().stream()
                .filter(key -> key.startsWith(path + "."))
                .findFirst()
                .orElse(path);
        return new UserException(
                "use the configuration", path + " is a group of keys", "Set one of them, e.g. " + first);
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

    /** Read when they are asked for, and once. */
    private static final class Defaults {
        private static final Configuration READ = read("reference.conf", "", List.of());
    }
}
