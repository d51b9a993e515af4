package io.github.sparkcnn.keys;

import io.github.sparkcnn.UserException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.DoublePredicate;

/**
 * The keys that stand beside a name, as in {@code {name = crop, padding = 2}}: each is read once, and what nobody has read is
 * refused. The key {@code name} itself is left to the caller.
 */
public final class Options {

    private final String action;
    private final String place;
    private final Map<String, Object> values;
    private final TreeSet<String> known = new TreeSet<>();

    /**
     * Wraps the keys.
     *
     * @param action what fails with a wrong key, for the message: {@code use schedule step}
     * @param place where the keys stand, for the message: {@code training.schedule}
     */
    public Options(String action, String place, Map<String, Object> values) {
        this.action = action;
        this.place = place;
        this.values = new TreeMap<>(values);
        this.values.values().removeIf(Objects::isNull); // HOCON's {key = null}
    }

    /** Refuses a name that is not among the known ones, suggesting the nearest. */
    public static UserException unknownName(String kind, String name, Collection<String> names, String key) {
        String choices = "Set " + key + " to one of " + String.join(", ", names);
        return new UserException(
                "use " + kind + " " + name,
                "there is none of that name",
                Nearest.of(name, names)
                        .map(near -> "Did you mean " + near + "? " + choices)
                        .orElse(choices));
    }

    /** A number that has to be given. */
    public double number(String key, DoublePredicate valid, String wanted) {
        return checked(key, required(key, wanted), valid, wanted);
    }

    /** A number that need not be given. */
    public double number(String key, double standard, DoublePredicate valid, String wanted) {
        known.add(key);
        return values.containsKey(key) ? checked(key, values.get(key), valid, wanted) : standard;
    }

    /** A whole number that has to be given. */
    public int whole(String key, int least) {
        String wanted = "a whole number of at least " + least;
        return (int) checked(key, required(key, wanted), value -> isWhole(value, least), wanted);
    }

    /** A whole number that need not be given. */
    public int whole(String key, int standard, int least) {
        known.add(key);
        return values.containsKey(key) ? whole(key, least) : standard;
    }

    /** Numbers that have to be given. */
    public List<Double> numbers(String key, DoublePredicate valid, String wanted) {
        if (!(required(key, wanted) instanceof List<?> list) || list.isEmpty()) {
            throw wrong(key, "is " + values.get(key), wanted);
        }
        return list.stream()
                .map(element -> checked(key, element, valid, wanted))
                .toList();
    }

    /** Whether an optional key is there. */
    public boolean has(String key) {
        known.add(key);
        return values.containsKey(key);
    }

    /** Call when every key has been read. */
    public void refuseUnknown() {
        for (String key : new TreeSet<>(values.keySet())) {
            if (!known.contains(key) && !key.equals("name")) {
                String keys = known.isEmpty() ? "it takes no key" : "its keys are " + String.join(", ", known);
                throw new UserException(
                        action,
                        place + " has an unknown key " + key,
                        Nearest.of(key, known)
                                .map(near -> "Did you mean " + near + "? " + capital(keys))
                                .orElse("Remove it: " + keys));
            }
        }
    }

    /** The error for a value that is wrong only beside others. */
    public UserException wrong(String key, String what, String wanted) {
        return new UserException(action, place + "." + key + " " + what, "Set it to " + wanted);
    }

    private Object required(String key, String wanted) {
        known.add(key);
        if (!values.containsKey(key)) {
            throw wrong(key, "has no value", wanted);
        }
        return values.get(key);
    }

    private double checked(String key, Object value, DoublePredicate valid, String wanted) {
        if (!(value instanceof Number number) || !valid.test(number.doubleValue())) {
            throw wrong(key, "is " + Objects.toString(value), wanted);
        }
        return number.doubleValue();
    }

    private static boolean isWhole(double value, int least) {
        return value >= least && value <= Integer.MAX_VALUE && value == Math.rint(value);
    }

    private static String capital(String sentence) {
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }
}
