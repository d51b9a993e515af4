package io.github.sparkcnn.config.hocon;

import com.typesafe.config.ConfigUtil;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The fields of a text that is HOCON, as they stand in it: of a key that is there twice its parser says nothing, nor of an include. */
final class HoconFields {

    private static final String ENDS_KEY = "=:{";

    /** What {@link #isBlank} says of a letter. */
    private static final String BLANK = "[\\p{javaWhitespace}\\p{javaSpaceChar}\\uFEFF]";

    private static final Pattern INCLUDE =
            Pattern.compile("include(?:" + BLANK + "*\"|" + BLANK + "+(?:required|file|url|classpath)\\()");

    private final String text;
    private final List<Field> fields = new ArrayList<>();
    private Optional<Integer> include = Optional.empty();
    private int at;

    /**
     * A key with a value.
     *
     * @param key its names within each other, in quotes where one is no word; a place in a list is one name
     * @param line counted from 1
     * @param isGroup whether it is a group, which others of the same key are merged with
     */
    record Field(List<String> key, int line, boolean isGroup) {}

    /**
     * A key that takes the place of one before.
     *
     * @param line of the second
     * @param before the line of the first
     */
    record Twice(List<String> key, int line, int before) {}

    private HoconFields(String text) {
        this.text = text;
    }

    /** Those of a text that is HOCON, up to its first include. */
    static HoconFields of(String text) {
        HoconFields fields = new HoconFields(text);
        while (fields.at < text.length()) {
            fields.group(List.of());
            fields.at++; // behind the brace that ends a text which begins with one
        }
        return fields;
    }

    /** The line of the first include, if there is one. */
    Optional<Integer> include() {
        return include;
    }

    /** The first key that another value was given before, or a group where there was a value. */
    Optional<Twice> twice() {
        Map<List<String>, Field> before = new HashMap<>();
        for (Field field : fields) {
            for (int names = 1; names <= field.key().size(); names++) {
                List<String> key = field.key().subList(0, names);
                boolean isGroup = names < field.key().size() || field.isGroup();
                Field other = before.putIfAbsent(key, new Field(key, field.line(), isGroup));
                if (other != null && !(other.isGroup() && isGroup)) {
                    return Optional.of(new Twice(key, field.line(), other.line()));
                }
            }
        }
        return Optional.empty();
    }

    /** Up to the brace that ends it, or the end of the text. */
    private void group(List<String> above) {
        while (true) {
            while (at < text.length() && (isBlank() || text.charAt(at) == ',' || text.charAt(at) == '{')) {
                at++;
            }
            if (at >= text.length() || text.charAt(at) == '}') {
                return;
            }
            if (!skipComment()) {
                field(above);
            }
        }
    }

    private void field(List<String> above) {
        int line = (int) text.substring(0, at)
                        .chars()
                        .filter(letter -> letter == '\n')
                        .count()
                + 1;
        int begin = at;
        if (INCLUDE.matcher(text).region(at, text.length()).lookingAt()) {
            include = Optional.of(line);
            at = text.length();
            return;
        }
        while (at < text.length() && ENDS_KEY.indexOf(text.charAt(at)) < 0 && !isComment()) {
            if (!skipQuoted()) {
                at++;
            }
        }
        String name = text.substring(begin, at).strip().replaceFirst(BLANK + "*\\+$", "");
        List<String> key = new ArrayList<>(above);
        ConfigUtil.splitPath(name).forEach(part -> key.add(ConfigUtil.joinPath(part)));
        while (at < text.length() && (isComment() || isBlank() || "=:".indexOf(text.charAt(at)) >= 0)) {
            if (!skipComment()) {
                at++;
            }
        }
        fields.add(new Field(key, line, value(key, "\n,}")));
    }

    /** Up to what ends it; whether a group is part of it. */
    private boolean value(List<String> key, String ends) {
        boolean isGroup = false;
        while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
            if (skipComment() || skipQuoted() || skipSubstitution()) {
                continue;
            }
            char letter = text.charAt(at++);
            if (letter == '{') {
                group(key);
                at++;
                isGroup = true;
            } else if (letter == '[') {
                list(key);
                at++;
            }
        }
        return isGroup;
    }

    /** Groups in a list are as many as there are, each for itself. */
    private void list(List<String> key) {
        for (int place = 1; at < text.length() && text.charAt(at) != ']'; place++) {
            value(List.of(String.join(".", key) + "[" + place + "]"), "\n,]");
            at += at < text.length() && text.charAt(at) != ']' ? 1 : 0;
        }
    }

    private boolean isBlank() {
        char letter = text.charAt(at);
        return Character.isWhitespace(letter) || Character.isSpaceChar(letter) || letter == '\uFEFF';
    }

    private boolean isComment() {
        return text.startsWith("#", at) || text.startsWith("//", at);
    }

    private boolean skipComment() {
        if (!isComment()) {
            return false;
        }
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
        return true;
    }

    private boolean skipQuoted() {
        if (text.charAt(at) != '"') {
            return false;
        }
        at = HoconScan.afterQuotes(text, at);
        return true;
    }

    private boolean skipSubstitution() {
        if (!text.startsWith("${", at)) {
            return false;
        }
        int end = text.indexOf('}', at);
        at = end < 0 ? text.length() : end + 1;
        return true;
    }
}
