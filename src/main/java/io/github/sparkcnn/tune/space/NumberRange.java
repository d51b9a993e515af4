package io.github.sparkcnn.tune.space;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.keys.Keys;
import io.github.sparkcnn.keys.Range;
import io.github.sparkcnn.random.RandomStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * A number between two others.
 *
 * @param isLog whether its logarithm is uniform, and not it itself
 * @param isWhole whether it is a whole number, either end included; others have six significant digits
 */
record NumberRange(double from, double to, boolean isLog, boolean isWhole) implements Domain {

    private static final Range NUMBER =
            new Range(Double.NEGATIVE_INFINITY, false, Double.POSITIVE_INFINITY, false, "a number", "a finite number");
    private static final MathContext DIGITS = new MathContext(6);
    private static final int MOST_DECIMALS = 12;
    private static final double MOST_WHOLE = 1e9;

    enum Scale {
        LINEAR,
        LOG
    }

    /** Whether a group is meant for a range. */
    static boolean isMeant(Map<?, ?> group) {
        return group.containsKey("from") || group.containsKey("to");
    }

    /**
     * Reads {@code from, to, scale = linear | log, whole = false | true}.
     *
     * @param file for messages
     * @param key that has these values
     */
    static NumberRange of(String file, String key, Map<String, ?> group) {
        String action = "use " + file;
        Keys keys = Keys.of(key, group).ofPart(action);
        double from = keys.number("from", NUMBER);
        double to = keys.number("to", NUMBER);
        Scale scale = keys.has("scale") ? keys.choice("scale", Scale.class) : Scale.LINEAR;
        boolean whole = keys.has("whole") && keys.bool("whole");
        keys.refuseUnknown();
        if (from >= to) {
            throw new UserException(
                    action, key + " goes from " + from + " to " + to, "Set " + key + ".to to more than from");
        }
        if (Double.isInfinite(to - from)) {
            throw new UserException(
                    action,
                    key + " goes from " + from + " to " + to + ", which are more than " + Double.MAX_VALUE + " apart",
                    "Set " + key + ".from and to to numbers that are closer together");
        }
        if (scale == Scale.LOG && from <= 0) {
            throw new UserException(
                    action,
                    key + ".from is " + from + ", which has no logarithm",
                    "Set it above 0, or " + key + ".scale to linear");
        }
        if (whole && (from != Math.rint(from) || to != Math.rint(to) || Math.max(-from, to) > MOST_WHOLE)) {
            throw new UserException(
                    action,
                    key + " goes from " + from + " to " + to + " in whole numbers",
                    "Set from and to to whole numbers of at most a thousand million");
        }
        return new NumberRange(from, to, scale == Scale.LOG, whole);
    }

    @Override
    public String draw(RandomStream random) {
        double low = isLog ? StrictMath.log(from) : from;
        // Of whole numbers each has its own part of the range, the last too.
        double end = isWhole ? to + 1 : to;
        double high = isLog ? StrictMath.log(end) : end;
        double drawn = random.uniform(low, high);
        double value = isLog ? StrictMath.exp(drawn) : drawn;
        return text(Math.max(from, Math.min(to, isWhole ? Math.floor(value) : rounded(value))));
    }

    @Override
    public OptionalLong count() {
        return isWhole ? OptionalLong.of((long) to - (long) from + 1) : OptionalLong.empty();
    }

    @Override
    public String at(long place) {
        return text(from + place);
    }

    private static double rounded(double value) {
        return new BigDecimal(value).round(DIGITS).doubleValue();
    }

    @Override
    public List<String> extremes() {
        return List.of(text(from), text(to));
    }

    private String text(double value) {
        if (isWhole) {
            return Long.toString((long) value);
        }
        BigDecimal number = BigDecimal.valueOf(value).stripTrailingZeros();
        return Math.abs(number.scale()) <= MOST_DECIMALS ? number.toPlainString() : number.toString();
    }

    @Override
    public String toString() {
        return text(from) + " to " + text(to) + (isLog ? ", log" : "") + (isWhole ? ", whole" : "");
    }
}
