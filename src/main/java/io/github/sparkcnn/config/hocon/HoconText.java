package io.github.sparkcnn.config.hocon;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.Visible;
import java.util.regex.Pattern;

/**
 * The text of an experiment.
 *
 * @param name of its file, for messages
 */
public record HoconText(String name, String text) {

    /** What it says, with substitutions as they stand. */
    public Config parse() {
        refuseWhatTheParserDoesNot();
        try {
            return ConfigFactory.parseString(text, ConfigParseOptions.defaults().setOriginDescription(name));
        } catch (ConfigException e) {
            throw refusal(e, "Correct the HOCON there");
        }
    }

    /** What it says where it is silent too, with every substitution replaced. */
    public Config resolve(Config values) {
        try {
            return values.resolve();
        } catch (ConfigException.UnresolvedSubstitution e) {
            throw refusal(e, "Define what ${...} refers to");
        } catch (ConfigException e) {
            throw refusal(e, "Correct the HOCON there");
        }
    }

    private void refuseWhatTheParserDoesNot() {
        HoconScan.of(text).ifPresent(mistake -> {
            long line = text.substring(0, mistake.end()).lines().count();
            throw new UserException("read " + name, "line " + line + ": " + mistake.reason(), mistake.remedy());
        });
    }

    private UserException refusal(ConfigException e, String remedy) {
        // The parser begins with the name and the number of the line.
        String reason = reason(e).replaceFirst("^" + Pattern.quote(name) + ": (\\d+): ", "line $1: ");
        return new UserException("read " + name, reason, remedy);
    }

    /** The first line of the parser's message, without the full stop. */
    static String reason(ConfigException e) {
        return Visible.firstLine(e).replaceAll("\\.$", "");
    }
}
