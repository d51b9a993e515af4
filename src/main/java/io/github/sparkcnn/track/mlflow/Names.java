package io.github.sparkcnn.track.mlflow;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What MLflow takes for a key, and how long a value may be. */
final class Names {

    /** Of every key, in characters. */
    static final int KEY_LENGTH = 250;
    /** Of a parameter's value in MLflow 2.9 and later, before that, and before 1.28. */
    static final List<Integer> PARAM_LENGTHS = List.of(6000, 500, 250);
    /** Of a tag's value. */
    static final int TAG_LENGTH = 5000;

    private static final String CUT = "...";
    /** Keys are files in a folder too, so a slash would be one in it. */
    private static final Pattern OTHERS = Pattern.compile("[^A-Za-z0-9_.\\- ]");

    private Names() {}

    /** The nearest key that MLflow takes. */
    static String key(String text) {
        String plain = OTHERS.matcher(text).replaceAll("_").strip();
        String named = plain.isEmpty() || plain.startsWith("..") || plain.equals(".") ? "_" + plain : plain;
        return named.substring(0, Math.min(KEY_LENGTH, named.length()));
    }

    /** The same of all keys; two that would become one stay two. */
    static Map<String, String> keys(Map<String, ?> values) {
        Map<String, String> named = new LinkedHashMap<>();
        values.forEach((text, value) -> {
            String key = key(text);
            while (named.containsKey(key)) {
                key = key.substring(0, Math.min(KEY_LENGTH - 1, key.length())) + "_";
            }
            named.put(key, String.valueOf(value));
        });
        return named;
    }

    /** The beginning of a value that is too long. */
    static String cut(String value, int length) {
        if (value.length() <= length) {
            return value;
        }
        int end = length - CUT.length();
        return value.substring(0, Character.isHighSurrogate(value.charAt(end - 1)) ? end - 1 : end) + CUT;
    }
}
