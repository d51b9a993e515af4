package io.github.sparkcnn.keys;

import io.github.sparkcnn.UserException;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The parts of one kind that are on the class path, by their names: ours and those of any jar that names its own in
 * {@code META-INF/services}. Spark puts the jars of {@code --jars} on the class path of the thread, which is looked through first.
 *
 * @param <T> the kind, a public interface
 */
public final class Registry<T extends Named> {

    /** What can be written after {@code name =}. */
    private static final Pattern WORD = Pattern.compile("[\\w-]+(\\.[\\w-]+)*");

    private final String kind;
    private final Map<String, T> byName;

    private Registry(String kind, Map<String, T> byName) {
        this.kind = kind;
        this.byName = byName;
    }

    /**
     * Looks through the class path.
     *
     * @param kind the word for such a part in messages: {@code schedule}
     * @throws UserException for a service that cannot be loaded, and for two of one name
     */
    public static <T extends Named> Registry<T> of(Class<T> type, String kind) {
        Map<String, T> byName = new TreeMap<>();
        try {
            for (ClassLoader loader : loaders()) {
                for (T part : ServiceLoader.load(type, loader)) {
                    add(part, kind, byName);
                }
            }
        } catch (ServiceConfigurationError e) {
            throw unloadable(kind, e.getMessage());
        } catch (LinkageError e) { // compiled for a later Java, or without a class that it needs
            throw unloadable(kind, e.toString());
        }
        return new Registry<>(kind, byName);
    }

    static void requireWord(Named part, String kind) {
        if (part.name() == null || !WORD.matcher(part.name()).matches()) {
            throw unloadable(kind, part.getClass().getName() + " is called " + part.name() + ", which is no word");
        }
    }

    private static UserException unloadable(String kind, String reason) {
        return new UserException("load every " + kind, reason, "Correct or remove the jar in --jars");
    }

    private static <T extends Named> void add(T part, String kind, Map<String, T> byName) {
        requireWord(part, kind);
        T other = byName.putIfAbsent(part.name(), part);
        if (other != null && !other.getClass().equals(part.getClass())) {
            throw new UserException(
                    "use " + kind + " " + part.name(),
                    "both " + other.getClass().getName() + " and "
                            + part.getClass().getName() + " have that name",
                    "Leave one of their jars out of --jars");
        }
    }

    /** The thread's, and ours, which a thread that Spark has not made need not know. */
    private static Set<ClassLoader> loaders() {
        Set<ClassLoader> loaders = new LinkedHashSet<>();
        Optional.ofNullable(Thread.currentThread().getContextClassLoader()).ifPresent(loaders::add);
        loaders.add(Registry.class.getClassLoader());
        return loaders;
    }

    /** The part of this name, if there is one. */
    public Optional<T> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /**
     * The part of this name.
     *
     * @param key that gave the name, for the message: {@code training.schedule.name}
     * @throws UserException if there is none, with the nearest name
     */
    public T named(String name, String key) {
        return find(name).orElseThrow(() -> unknown(name, key));
    }

    private UserException unknown(String name, String key) {
        String choices = "Set " + key + " to one of " + String.join(", ", names());
        return new UserException(
                "use " + kind + " " + name,
                "there is none of that name",
                Nearest.of(name, names())
                        .map(near -> "Did you mean " + near + "? " + choices)
                        .orElse(choices));
    }

    /** All names, in their order. */
    public Set<String> names() {
        return Collections.unmodifiableSet(byName.keySet());
    }
}
