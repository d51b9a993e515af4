package io.github.sparkcnn.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValueType;
import io.github.sparkcnn.UserException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads the keys below one prefix, and says which key has which wrong value. */
final class Keys {

    private final Config root;
    private final String prefix;

    Keys(Config root) {
        this(root, "");
    }

    private Keys(Config root, String prefix) {
        this.root = root;
        this.prefix = prefix;
    }

    Keys under(String name) {
        return new Keys(root, prefix + name + ".");
    }

    String string(String name) {
        return read(name, root::getString, "a text");
    }

    Optional<String> optionalString(String name) {
        return present(name) ? Optional.of(string(name)) : Optional.empty();
    }

    boolean bool(String name) {
        return read(name, root::getBoolean, "true or false");
    }

    int integer(String name) {
        return read(name, root::getInt, "a whole number");
    }

    Optional<Integer> optionalInteger(String name) {
        return present(name) ? Optional.of(integer(name)) : Optional.empty();
    }

    long longInteger(String name) {
        return read(name, root::getLong, "a whole number");
    }

    double number(String name) {
        return read(name, root::getDouble, "a number");
    }

    Optional<Double> optionalNumber(String name) {
        return present(name) ? Optional.of(number(name)) : Optional.empty();
    }

    /** Whether the value is written as a number. */
    boolean isNumber(String name) {
        return present(name) && root.getValue(prefix + name).valueType() == ConfigValueType.NUMBER;
    }

    /** A length of time with its unit: {@code 60s}, {@code 2 minutes}. */
    Duration duration(String name) {
        Duration duration = read(name, root::getDuration, "a time with its unit, e.g. 60s");
        require(!duration.isNegative() && !duration.isZero(), name, duration, "a time above 0");
        return duration;
    }

    List<String> strings(String name) {
        return List.copyOf(read(name, root::getStringList, "a list of texts"));
    }

    List<Double> numbers(String name) {
        return List.copyOf(read(name, root::getDoubleList, "a list of numbers"));
    }

    Optional<List<Double>> optionalNumbers(String name) {
        return present(name) ? Optional.of(numbers(name)) : Optional.empty();
    }

    Optional<List<Integer>> optionalIntegers(String name) {
        return present(name)
                ? Optional.of(List.copyOf(read(name, root::getIntList, "a list of whole numbers")))
                : Optional.empty();
    }

    Map<String, Object> map(String name) {
        return read(name, path -> root.getObject(path).unwrapped(), "a group of keys");
    }

    @SuppressWarnings("unchecked") // the elements of a list of objects unwrap to maps
    List<Map<String, Object>> maps(String name) {
        return read(
                name,
                path -> root.getObjectList(path).stream()
                        .map(element -> element.unwrapped())
                        .collect(Collectors.toUnmodifiableList()),
                "a list of groups, e.g. [{name = flip}]");
    }

    /** A constant of the enum, written in kebab case. */
    <E extends Enum<E>> E choice(String name, Class<E> type) {
        String value = string(name);
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> kebab(constant).equals(value))
                .findFirst()
                .orElseThrow(() -> wrong(
                        name,
                        "is " + value,
                        "one of "
                                + Arrays.stream(type.getEnumConstants())
                                        .map(Keys::kebab)
                                        .collect(Collectors.joining(", "))));
    }

    /** Refuses a value that the condition does not hold for. */
    void require(boolean condition, String name, Object value, String wanted) {
        if (!condition) {
            throw wrong(name, "is " + value, wanted);
        }
    }

    static String kebab(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private boolean present(String name) {
        return root.hasPath(prefix + name);
    }

    private <T> T read(String name, Function<String, T> reader, String wanted) {
        try {
            return reader.apply(prefix + name);
        } catch (ConfigException.Missing e) {
            throw wrong(name, "has no value", wanted);
        } catch (ConfigException.WrongType | ConfigException.BadValue e) {
            throw wrong(name, "is " + root.getValue(prefix + name).unwrapped(), wanted);
        }
    }

    private UserException wrong(String name, String what, String wanted) {
        return new UserException("use the configuration", prefix + name + " " + what, "Set it to " + wanted);
    }
}
