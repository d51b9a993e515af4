package io.github.sparkcnn.config.hocon;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.Map;

/** What somebody gave of a configuration, be it the default's own value: a part may go by whether a key is given. */
public final class GivenKeys {

    private static final ConfigRenderOptions HOCON = ConfigRenderOptions.defaults()
            .setOriginComments(false)
            .setComments(false)
            .setJson(false);

    private GivenKeys() {}

    /** As HOCON, without a substitution. */
    public static String render(Config resolved, Config reference) {
        return given(resolved.root(), reference.root()).render(HOCON);
    }

    private static ConfigObject given(ConfigObject group, ConfigObject standards) {
        ConfigObject given = ConfigValueFactory.fromMap(Map.of());
        for (Map.Entry<String, ConfigValue> entry : group.entrySet()) {
            ConfigValue standard = standards.get(entry.getKey());
            ConfigValue value = entry.getValue();
            if (value instanceof ConfigObject inner && standard instanceof ConfigObject theirs) {
                ConfigObject part = given(inner, theirs);
                given = part.isEmpty() ? given : given.withValue(entry.getKey(), part);
            } else if (standard == null || !value.origin().equals(standard.origin())) {
                given = given.withValue(entry.getKey(), value);
            }
        }
        return given;
    }
}
