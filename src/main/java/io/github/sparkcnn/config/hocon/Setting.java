package io.github.sparkcnn.config.hocon;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValueFactory;
import io.github.sparkcnn.UserException;

/**
 * A setting of the command line, {@code KEY=VALUE}.
 *
 * @param written as the user gave it
 * @param value of the key, never empty
 */
public record Setting(String written, String key, String value) {

    private static final String NULL = "null";

    /** Takes apart what stands around the first {@code =}, without the blanks there. */
    public static Setting parse(String written) {
        int equals = written.indexOf('=');
        String key = equals < 0 ? "" : written.substring(0, equals).strip();
        if (key.isEmpty()) {
            throw refusal(written, "it has no KEY=VALUE", "Write e.g. --set training.epochs=3");
        }
        String value = written.substring(equals + 1).strip();
        if (value.isEmpty()) {
            throw refusal(written, key + " has no value", "Give it one; null takes a value away");
        }
        return new Setting(written, path(written, key), value);
    }

    /** The same without quotes that it does not need. */
    private static String path(String written, String key) {
        try {
            if (HoconScan.of(key).isPresent()) {
                throw new ConfigException.BadPath(key, "nested without end, or with a comment");
            }
            return ConfigUtil.joinPath(ConfigUtil.splitPath(key));
        } catch (ConfigException e) {
            throw refusal(written, key + " is no key", "All keys are in conf/reference.conf");
        }
    }

    /**
     * The key with its value.
     *
     * @param isText whether the key is a path or a name, which may look like a list or a group
     */
    public Config config(boolean isText) {
        return ConfigValueFactory.fromAnyRef(read(isText)).atPath(key);
    }

    private Object read(boolean isText) {
        if (value.equals(NULL)) {
            return null;
        }
        try {
            return isText ? value : SettingValue.read(value);
        } catch (HoconParser.Include e) {
            throw refusal(written, e.getMessage(), "Write its keys here");
        } catch (ConfigException e) {
            throw refusal(
                    written,
                    "its value is no list or group: " + HoconText.reason(e),
                    "Put texts in it in double quotes");
        }
    }

    private static UserException refusal(String written, String reason, String remedy) {
        return new UserException("use --set " + written, reason, remedy);
    }
}
