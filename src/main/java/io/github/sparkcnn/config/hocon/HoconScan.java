package io.github.sparkcnn.config.hocon;

import java.util.Optional;

/**
 * Goes through HOCON before its parser does, which takes a comment within a word for one without a word, and overflows the stack or
 * goes on for minutes where groups or keys are nested without end.
 */
final class HoconScan {
    /** Far more than any configuration has. */
    static final int MOST_NESTED = 64;
    /** So many, each of which refers to the one before, take the parser a third of a second and 34 MB; twice as many, eight times that. */
    private static final int MOST_SUBSTITUTIONS = 128;

    private static final int LONGEST_WORD = 200;
    private static final String TRIPLE = "\"\"\"";
    /** What may stand before a comment. */
    private static final String BEFORE_COMMENT = " \t\n\u000b\f\r,{}[]=:\"#/";
    /** Where another key begins. */
    private static final String BETWEEN_KEYS = "\n,{}[]=:+";

    private final String text;
    private int at;
    private int depth;
    private int parts;
    private int substitutions;

    private HoconScan(String text) {
        this.text = text;
    }

    /**
     * What the parser would not say.
     *
     * @param isOfNesting or else of a comment
     * @param end where the mistake ends in the text
     */
    record Mistake(boolean isOfNesting, String reason, String remedy, int end) {}

    /** The first mistake in a text, if there is one. */
    static Optional<Mistake> of(String text) {
        return new HoconScan(text).first();
    }

    private Optional<Mistake> first() {
        while (at < text.length()) {
            char letter = text.charAt(at);
            if (letter == '"') {
                at = afterQuotes(text, at);
            } else if (letter == '#' || text.startsWith("//", at)) {
                if (isGlued()) {
                    return Optional.of(glued(letter == '#' ? 1 : 2));
                }
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else {
                count(letter);
                at++;
            }
            if (depth > MOST_NESTED || parts > MOST_NESTED) {
                String what = depth > MOST_NESTED ? "groups and lists are nested" : "a key is nested";
                return Optional.of(new Mistake(
                        true,
                        what + " deeper than " + MOST_NESTED,
                        "Put the text in double quotes, or nest it less",
                        at));
            }
        }
        return substitutions > MOST_SUBSTITUTIONS
                ? Optional.of(new Mistake(
                        false, "more than " + MOST_SUBSTITUTIONS + " substitutions", "Write their values", at))
                : Optional.empty();
    }

    private void count(char letter) {
        if (text.startsWith("${", at) || text.startsWith("+=", at)) {
            substitutions++;
        }
        if (letter == '{' || letter == '[') {
            depth++;
        } else if (letter == '}' || letter == ']') {
            depth--;
        }
        if (BETWEEN_KEYS.indexOf(letter) >= 0) {
            parts = 0;
        } else if (letter == '.') {
            parts++;
        }
    }

    /** {@code train = data//train.csv} is the path {@code data} to HOCON: another data set, without a word. */
    private boolean isGlued() {
        char before = at == 0 ? '\n' : text.charAt(at - 1);
        return BEFORE_COMMENT.indexOf(before) < 0 || (before == '/' && text.charAt(at) == '#');
    }

    private Mistake glued(int marks) {
        int begin = at;
        while (begin > 0 && at - begin < LONGEST_WORD && !Character.isWhitespace(text.charAt(begin - 1))) {
            begin--;
        }
        String word = text.substring(begin, at + marks);
        return new Mistake(
                false,
                "a comment begins within " + word,
                "Put the text in double quotes, or a blank before the comment",
                at + marks);
    }

    /** Behind the quotes that begin here, one or three of them; behind the first where they do not end. */
    static int afterQuotes(String text, int begin) {
        if (text.startsWith(TRIPLE, begin)) {
            int end = text.indexOf(TRIPLE, begin + TRIPLE.length());
            return end < 0 ? text.length() : end + TRIPLE.length();
        }
        int end = afterQuoted(text, begin);
        return end < 0 ? begin + 1 : end;
    }

    /** Behind the text in quotes that begins here, on this line; −1 where it does not end. */
    static int afterQuoted(String text, int begin) {
        for (int i = begin + 1; i < text.length() && text.charAt(i) != '\n'; i++) {
            if (text.charAt(i) == '"') {
                return i + 1;
            }
            i += text.charAt(i) == '\\' ? 1 : 0;
        }
        return -1;
    }
}
