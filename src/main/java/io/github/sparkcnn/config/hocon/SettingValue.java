package io.github.sparkcnn.config.hocon;

import com.typesafe.config.ConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The value of a setting. A text is taken as it stands, in a list too: what HOCON would take for a comment or a substitution is
 * part of a path or a name. Numbers, groups and what a list has in double quotes are HOCON.
 */
final class SettingValue {

    private static final Pattern LITERAL = Pattern.compile("-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?|true|false");
    private static final String KEY = "value";

    private SettingValue() {}

    /**
     * The value, for {@code ConfigValueFactory.fromAnyRef}.
     *
     * @throws ConfigException for a list or group that is none
     */
    static Object read(String text) {
        return read(text, 0);
    }

    private static Object read(String text, int depth) {
        if (depth > HoconScan.MOST_NESTED) {
            throw new ConfigException.Generic("its lists are nested deeper than " + HoconScan.MOST_NESTED);
        }
        if (isBetween('[', text, ']')) {
            return list(text.substring(1, text.length() - 1), depth + 1);
        }
        return isBetween('{', text, '}') || LITERAL.matcher(text).matches() ? hocon(text) : text;
    }

    private static List<Object> list(String elements, int depth) {
        List<Object> list = new ArrayList<>();
        for (String element : split(elements)) {
            if (element.isEmpty()) {
                throw new ConfigException.Generic("element " + (list.size() + 1) + " is empty");
            }
            list.add(isQuoted(element) ? hocon(element) : read(element, depth));
        }
        return list;
    }

    /** At the commas that are in no quotes, group or inner list; one behind the last element ends it, as in HOCON. */
    private static List<String> split(String elements) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < elements.length(); i++) {
            char c = elements.charAt(i);
            if (quoted) {
                i += c == '\\' ? 1 : 0;
                quoted = c != '"';
            } else if (c == '"' && (depth > 0 || elements.substring(from, i).isBlank())) {
                quoted = true;
            } else if (c == '[' || c == '{') {
                depth++;
            } else if (c == ']' || c == '}') {
                depth--;
            } else if (c == ',' && depth <= 0) {
                parts.add(elements.substring(from, i).strip());
                from = i + 1;
            }
        }
        if (depth != 0 || quoted) {
            throw new ConfigException.Generic("its brackets or quotes do not match");
        }
        String last = elements.substring(from).strip();
        if (!last.isEmpty()) {
            parts.add(last);
        }
        return parts;
    }

    private static boolean isQuoted(String text) {
        return text.startsWith("\"") && HoconScan.afterQuoted(text, 0) == text.length();
    }

    private static boolean isBetween(char first, String text, char last) {
        return text.length() > 1 && text.charAt(0) == first && text.charAt(text.length() - 1) == last;
    }

    private static Object hocon(String text) {
        HoconScan.of(text).filter(HoconScan.Mistake::isOfNesting).ifPresent(mistake -> {
            throw new ConfigException.Generic(mistake.reason());
        });
        return HoconParser.parse(KEY, KEY + " = " + text).getValue(KEY);
    }
}
