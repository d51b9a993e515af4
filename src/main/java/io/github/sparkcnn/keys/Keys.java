package io.github.sparkcnn.keys;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import io.github.sparkcnn.UserException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The keys of one group, each read under its name with what it may be; a wrong value is a {@link UserException} that names the
 * key's path, the value and what to set it to, and what nobody has read is refused. A key whose value is {@code null} is absent.
 *
 * <p>The configuration's own groups have a default for every key ({@code reference.conf}). A part that is chosen by its name reads
 * the keys beside the name ({@code {name = crop, padding = 2}}) and brings its defaults itself.
 */
public final class Keys {

    private static final String A_TIME = "a time with its unit, e.g. 60s";
    private static final String WHOLE = "a whole number";
    private static final String TEXT = "a text";

    private final Place place;
    private final Config values;
    private final Config defaults;
    private final boolean ofPart;
    private final TreeSet<String> known = new TreeSet<>();

    private Keys(Place place, Config values, Config defaults, boolean ofPart) {
        this.place = place;
        this.values = values;
        this.defaults = defaults;
        this.ofPart = ofPart;
    }

    /**
     * A whole configuration.
     *
     * @param values with the defaults for what the user has not set
     * @param defaults a key that still has its default need not be read
     */
    public static Keys ofConfiguration(Config values, Config defaults) {
        return new Keys(new Place("use the configuration", ""), values, defaults, false);
    }

    /** Keys at a path by themselves, as a list of groups has them. */
    public static Keys of(String path, Map<String, ?> values) {
        Config config = ConfigValueFactory.fromMap(values).toConfig();
        return new Keys(new Place("use the configuration", path), config, ConfigFactory.empty(), false);
    }

    /** The keys of a group in this one. */
    public Keys under(String group) {
        Config inner = read(group, values::getConfig, "a group of keys");
        Config standard = defaults.hasPath(group) ? defaults.getConfig(group) : ConfigFactory.empty();
        return new Keys(new Place(place.action(), place.key(group)), inner, standard, ofPart);
    }

    /** The groups of a list. */
    public List<Keys> groups(String name, String wanted) {
        List<? extends ConfigObject> list = read(name, values::getObjectList, wanted);
        List<Keys> groups = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) {
            Place each = new Place(place.action(), place.key(name) + "[" + i + "]");
            groups.add(new Keys(each, list.get(i).toConfig(), ConfigFactory.empty(), ofPart));
        }
        return groups;
    }

    /**
     * These keys but {@code name}, for the part that it names; its messages say so.
     *
     * @param action {@code use schedule step}
     */
    public Keys ofPart(String action) {
        return new Keys(new Place(action, place.path()), values, defaults, true);
    }

    /** Where these keys stand. */
    public Place place() {
        return place;
    }

    /** Whether the key has a value. */
    public boolean has(String name) {
        known.add(name);
        return values.hasPath(name);
    }

    /** Whether the user gave the key, or one in the group of this name, a value: be it the default's own. */
    public boolean isGiven(String name) {
        return KeyTree.isGiven(values.root().get(name), defaults.root().get(name));
    }

    /** Whether there is a value of this type. */
    public boolean is(ConfigValueType type, String name) {
        return has(name) && values.getValue(name).valueType() == type;
    }

    /** A text that is not empty. */
    public String string(String name) {
        String value = read(name, values::getString, TEXT);
        require(!value.isBlank(), name, "empty", TEXT);
        return value;
    }

    public Optional<String> optionalString(String name) {
        return has(name) ? Optional.of(string(name)) : Optional.empty();
    }

    public List<String> strings(String name) {
        List<String> texts = List.copyOf(read(name, values::getStringList, "a list of texts"));
        require(texts.stream().noneMatch(String::isBlank), name, texts, "a list of texts that are not empty");
        return texts;
    }

    /** Texts, or nothing. */
    public Optional<List<String>> optionalStrings(String name) {
        return has(name) ? Optional.of(strings(name)) : Optional.empty();
    }

    /** The texts of a group whose keys are the user's own. */
    public Map<String, String> texts(String name) {
        Map<String, String> texts = new TreeMap<>();
        read(name, values::getObject, "a group of texts")
                .forEach((key, value) -> texts.put(key, String.valueOf(value.unwrapped())));
        return texts;
    }

    public boolean bool(String name) {
        return read(name, values::getBoolean, "true or false");
    }

    /** A length of time with its unit: {@code 60s}, {@code 2 minutes}; without one HOCON would take it for milliseconds. */
    public Duration duration(String name) {
        Duration duration = read(name, values::getDuration, A_TIME);
        require(String.valueOf(written(name)).matches(".*[a-z]\\s*"), name, written(name), A_TIME);
        require(!duration.isNegative() && !duration.isZero(), name, duration, "a time above 0");
        return duration;
    }

    /** One of these words. */
    public String choice(String name, Collection<String> words) {
        String value = string(name);
        require(words.contains(value), name, value, "one of " + String.join(", ", words));
        return value;
    }

    /** A constant of the enum, written in kebab case. */
    public <E extends Enum<E>> E choice(String name, Class<E> type) {
        Map<String, E> constants = Arrays.stream(type.getEnumConstants())
                .collect(Collectors.toMap(Keys::word, Function.identity(), (a, b) -> a, LinkedHashMap::new));
        return constants.get(choice(name, constants.keySet()));
    }

    /** A number that has to be given. */
    public double number(String name, Range range) {
        double value = read(name, values::getDouble, ofPart ? range.words() : "a number");
        require(range.contains(value), name, ofPart ? written(name) : value, range.wanted(value));
        return value;
    }

    /** A number that need not be given. */
    public double number(String name, double standard, Range range) {
        return optionalNumber(name, range).orElse(standard);
    }

    public Optional<Double> optionalNumber(String name, Range range) {
        return has(name) ? Optional.of(number(name, range)) : Optional.empty();
    }

    /** Numbers, or nothing. */
    public Optional<List<Double>> optionalNumbers(String name) {
        return has(name)
                ? Optional.of(List.copyOf(read(name, values::getDoubleList, "a list of numbers")))
                : Optional.empty();
    }

    /** A whole number of 32 bits that has to be given. */
    public int whole(String name, Range range) {
        String wanted = ofPart ? range.words() : WHOLE;
        double value = read(name, values::getNumber, wanted).doubleValue();
        Range narrow = range.most() > Integer.MAX_VALUE ? range.upTo(Integer.MAX_VALUE) : range;
        require(value == Math.rint(value) || Double.isInfinite(value), name, written(name), wanted);
        require(narrow.contains(value), name, written(name), narrow.wanted(value));
        return (int) value;
    }

    /** A whole number that has to be given. */
    public int whole(String name, int least) {
        Range range = Range.atLeast(least);
        return whole(name, ofPart ? range.saying(WHOLE + " of at least " + least) : range);
    }

    /** A whole number that need not be given. */
    public int whole(String name, int standard, int least) {
        return optionalWhole(name, least).orElse(standard);
    }

    public Optional<Integer> optionalWhole(String name, int least) {
        return has(name) ? Optional.of(whole(name, least)) : Optional.empty();
    }

    /** Whole numbers of which there has to be one. */
    public List<Integer> wholes(String name, Range range) {
        List<? extends Number> list = read(name, values::getNumberList, range.words());
        require(!list.isEmpty(), name, list, range.words());
        return list.stream().map(number -> element(name, number, range)).toList();
    }

    /** Whole numbers, or nothing. */
    public Optional<List<Integer>> optionalWholes(String name) {
        return has(name)
                ? Optional.of(List.copyOf(read(name, values::getIntList, "a list of whole numbers")))
                : Optional.empty();
    }

    /** A whole number of 64 bits. */
    public long longWhole(String name) {
        String value = read(name, values::getString, WHOLE);
        try {
            return new BigDecimal(value).longValueExact();
        } catch (NumberFormatException e) {
            throw place.wrong(name, "is " + value, WHOLE);
        } catch (ArithmeticException e) {
            throw place.wrong(name, "is " + value, WHOLE + " of 64 bits");
        }
    }

    /** How people write a constant of an enum, where it is a word of theirs: in kebab case. */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Refuses a value that the condition does not hold for. */
    public void require(boolean condition, String name, Object value, String wanted) {
        if (!condition) {
            throw place.wrong(name, "is " + value, wanted);
        }
    }

    /** Refuses what has a value and was not read; call it when every key has been. */
    public void refuseUnknown() {
        new UnknownKeys(place, values, defaults, known, ofPart).refuse();
    }

    private int element(String name, Number number, Range range) {
        double value = number.doubleValue();
        Range narrow = range.most() > Integer.MAX_VALUE ? range.upTo(Integer.MAX_VALUE) : range;
        require(value == Math.rint(value) && narrow.contains(value), name, number, narrow.wanted(value));
        return (int) value;
    }

    private Object written(String name) {
        return KeyTree.value(values, name).unwrapped();
    }

    private <T> T read(String name, Function<String, T> reader, String wanted) {
        known.add(name);
        try {
            return reader.apply(name);
        } catch (ConfigException.Missing e) {
            throw place.wrong(name, "has no value", wanted);
        } catch (ConfigException.WrongType | ConfigException.BadValue e) {
            throw place.wrong(name, "is " + written(name), wanted);
        }
    }
}
