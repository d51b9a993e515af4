package io.github.sparkcnn.config.hocon;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.Visible;
import java.util.regex.Pattern;

/**
 * The text of an experiment.
 *
 * @param name of its file, for messages
 */
public record HoconText(String name, String text) {

    /** What it says, with substitutions as they stand; it includes no other file. */
    public Config parse() {
        refuseWhatTheParserDoesNot();
        try {
            return HoconParser.parse(name, text);
        } catch (HoconParser.Include e) {
            String where = HoconFields.of(text)
                    .include()
                    .map(line -> "line " + line + " includes another file")
                    .orElse(e.getMessage());
            throw new UserException("read " + name, where, "Write its keys here");
        } catch (ConfigException e) {
            throw refusal(e, "Correct the HOCON there");
        }
    }

    /** The same of a text that gives each key once: without a word HOCON takes the last of two values. */
    public Config parseOnce() {
        Config parsed = parse();
        HoconFields.of(text).twice().ifPresent(twice -> {
            throw new UserException(
                    "read " + name,
                    "line " + twice.line() + ": " + String.join(".", twice.key()) + " has been given in line "
                            + twice.before(),
                    "Give it once");
        });
        return parsed;
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
