package io.github.sparkcnn.config.hocon;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.Map;

/** HOCON that is about keys of the configuration and is no experiment: groups as maps, lists, texts, numbers, true and false, null. */
public final class HoconValues {

    private HoconValues() {}

    /**
     * Reads a file's text, which gives each key once.
     *
     * @param name of the file, for messages
     * @throws io.github.sparkcnn.UserException naming the line that is no HOCON, includes another file or has a key again
     */
    public static Map<String, Object> read(String name, String text) {
        HoconText hocon = new HoconText(name, text);
        return hocon.resolve(hocon.parseOnce()).root().unwrapped();
    }

    /** A key of names within each other, in quotes where one is no word. */
    public static String key(List<String> names) {
        return ConfigUtil.joinPath(names);
    }

    /** A value as {@code --set KEY=VALUE} has it: a text as it is, all else as JSON. */
    public static String written(Object value) {
        return value instanceof String text
                ? text
                : ConfigValueFactory.fromAnyRef(value).render(ConfigRenderOptions.concise());
    }
}
