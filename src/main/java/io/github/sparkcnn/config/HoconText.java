package io.github.sparkcnn.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import io.github.sparkcnn.UserException;
import java.util.regex.Pattern;

/**
 * The text of an experiment.
 *
 * @param name of its file, for messages
 */
record HoconText(String name, String text) {

    /** A text in quotes, a comment with no blank before it (group 1), any other comment, or a character. */
    private static final Pattern TOKEN = Pattern.compile("\"\"\"[\\s\\S]*?\"\"\"|\"[^\"\\\\\n]*(?:\\\\.[^\"\\\\\n]*)*\""
            + "|([^\\s,{}\\[\\]=:\"#/](?:#|//)|/#)|(?:#|//).*|[\\s\\S]");

    private static final int GLUED = 1;

    /** What it says, with substitutions as they stand. */
    Config parse() {
        refuseGluedComment();
        try {
            return ConfigFactory.parseString(text, ConfigParseOptions.defaults().setOriginDescription(name));
        } catch (ConfigException e) {
            throw refusal(e, "Correct the HOCON there");
        }
    }

    /** What it says where it is silent too, with every substitution replaced. */
    Config resolve(Config values) {
        try {
            return values.resolve();
        } catch (ConfigException.UnresolvedSubstitution e) {
            throw refusal(e, "Define what ${...} refers to");
        } catch (ConfigException e) {
            throw refusal(e, "Correct the HOCON there");
        }
    }

    /** {@code train = data//train.csv} is the path {@code data} to HOCON: another data set, without a word. */
    private void refuseGluedComment() {
        TOKEN.matcher(text)
                .results()
                .filter(token -> token.group(GLUED) != null)
                .findFirst()
                .ifPresent(token -> {
                    String before = text.substring(0, token.end());
                    throw new UserException(
                            "read " + name,
                            "line " + before.lines().count() + ": a comment begins within "
                                    + before.replaceAll("(?s).*\\s", ""),
                            "Put the text in double quotes, or a blank before the comment");
                });
    }

    private UserException refusal(ConfigException e, String remedy) {
        // The parser begins with the name and the number of the line.
        String reason = reason(e).replaceFirst("^" + Pattern.quote(name) + ": (\\d+): ", "line $1: ");
        return new UserException("read " + name, reason, remedy);
    }

    /** The first line of the parser's message, without the full stop. */
    static String reason(ConfigException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("").replaceAll("\\.$", "");
    }
}
