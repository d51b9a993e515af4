package io.github.sparkcnn.keys;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import io.github.sparkcnn.UserException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Refuses the keys of a group that nobody has read, with the nearest of those that were.
 *
 * @param known those that were read, by their paths in the group
 * @param ofPart whether the group is a part's, which has no defaults
 */
record UnknownKeys(Place place, Config values, Config defaults, Set<String> known, boolean ofPart) {

    private static final String NAME = "name";

    void refuse() {
        refuse("", values.root());
    }

    private void refuse(String prefix, ConfigObject group) {
        for (Map.Entry<String, ConfigValue> entry : group.entrySet()) {
            String name = prefix + KeyTree.path(entry.getKey());
            boolean absent = ofPart && (name.equals(NAME) || entry.getValue().valueType() == ConfigValueType.NULL);
            if (absent || known.contains(name) || isDefault(name, entry.getValue())) {
                continue;
            }
            boolean isRead = known.stream().anyMatch(key -> key.startsWith(name + "."));
            if (!isRead || !(entry.getValue() instanceof ConfigObject inner)) {
                throw ofPart ? unknownToPart(name) : unknown(name, entry.getValue());
            }
            refuse(name + ".", inner);
        }
    }

    private boolean isDefault(String name, ConfigValue value) {
        return defaults.hasPathOrNull(name) && value.equals(KeyTree.value(defaults, name));
    }

    private UserException unknown(String name, ConfigValue value) {
        if (defaults.hasPathOrNull(name)) {
            return place.wrong(
                    name,
                    "is " + value.unwrapped() + ", which nothing reads",
                    String.valueOf(KeyTree.value(defaults, name).unwrapped()));
        }
        List<String> keys = known.stream().map(place::key).toList();
        String all = "All keys are in conf/reference.conf";
        return new UserException(
                place.action(),
                "there is no key " + place.key(name),
                Nearest.of(place.key(name), keys)
                        .map(near -> "Did you mean " + near + "? " + all)
                        .orElse(all));
    }

    private UserException unknownToPart(String name) {
        String keys = known.isEmpty() ? "t takes no key" : "ts keys are " + String.join(", ", known);
        return new UserException(
                place.action(),
                place.path() + " has an unknown key " + name,
                Nearest.of(name, known)
                        .map(near -> "Did you mean " + near + "? I" + keys)
                        .orElse("Remove it: i" + keys));
    }
}
