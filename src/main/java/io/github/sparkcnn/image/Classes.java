package io.github.sparkcnn.image;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The classes that images are of: class i is called {@code names[i]}, and data write it {@code values[i]} or by its name.
 *
 * @param names for people, in the order of the network's outputs
 * @param values as they stand in the data, each once
 */
public record Classes(List<String> names, List<String> values) implements Serializable {

    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,10}");
    private static final int SHOWN = 12;

    /** Whole numbers by their size, before everything else by its characters. */
    private static final Comparator<String> ORDER = Comparator.comparing((String value) -> !isWhole(value))
            .thenComparingLong(value -> isWhole(value) ? Long.parseLong(value) : 0)
            .thenComparing(Comparator.naturalOrder());

    public Classes {
        names = List.copyOf(names);
        values = List.copyOf(values);
        if (names.size() != values.size()) {
            throw new IllegalArgumentException(names.size() + " names and " + values.size() + " values of classes");
        }
        if (new HashSet<>(values).size() < values.size()) {
            throw new IllegalArgumentException("two classes have one value: " + values);
        }
    }

    /** Of names in their order: data write a class by its position, from 0, or its name; numbers stand for themselves. */
    public static Classes named(List<String> names) {
        boolean areNumbers = names.stream().allMatch(Classes::isWhole) && new HashSet<>(names).size() == names.size();
        return new Classes(
                names,
                areNumbers
                        ? names
                        : IntStream.range(0, names.size())
                                .mapToObj(String::valueOf)
                                .toList());
    }

    /** The classes {@code 0 … count − 1}. */
    public static Classes numbered(int count) {
        return named(IntStream.range(0, count).mapToObj(String::valueOf).toList());
    }

    /** Of the values that occur in data: whole numbers by their size, others by their characters. */
    public static Classes ofValues(Iterable<String> found) {
        List<String> values = new ArrayList<>(new HashSet<>(list(found)));
        values.sort(ORDER);
        return new Classes(values, values);
    }

    /** Of each value's name. */
    public static Classes ofNames(Map<String, String> nameByValue) {
        List<String> values = ofValues(nameByValue.keySet()).values();
        return new Classes(values.stream().map(nameByValue::get).toList(), values);
    }

    private static List<String> list(Iterable<String> values) {
        List<String> list = new ArrayList<>();
        values.forEach(list::add);
        return list;
    }

    /** The number of classes. */
    public int size() {
        return names.size();
    }

    /** Whether data write class i as i. */
    public boolean areNumbered() {
        return IntStream.range(0, size()).allMatch(i -> values.get(i).equals(String.valueOf(i)));
    }

    /** The class of everything that a class may be written as. */
    public Map<String, Integer> byWriting() {
        Map<String, Integer> classes = new HashMap<>();
        for (int i = 0; i < size(); i++) {
            classes.putIfAbsent(names.get(i), i);
        }
        for (int i = 0; i < size(); i++) {
            classes.put(values.get(i), i);
        }
        return classes;
    }

    /** For messages, what is no class: {@code outside 0..9}, {@code none of cat, dog}. */
    public String refusal() {
        if (areNumbered()) {
            return "outside 0.." + (size() - 1);
        }
        String first = String.join(", ", values.subList(0, Math.min(SHOWN, size())));
        return "none of " + first + (size() > SHOWN ? " …" : "");
    }

    private static boolean isWhole(String value) {
        return WHOLE.matcher(value).matches();
    }
}
