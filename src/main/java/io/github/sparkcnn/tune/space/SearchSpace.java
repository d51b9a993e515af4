package io.github.sparkcnn.tune.space;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.hocon.HoconValues;
import io.github.sparkcnn.random.RandomStream;
import io.github.sparkcnn.random.Seeds;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;

/** The keys that are searched over, in the order of their names, and what each may be. */
public final class SearchSpace {

    /** The streams' name among all that are made of a run's seed: "tune". */
    private static final long STREAM = 0x74756E65L;
    /** Draws without a new trial, after which another is looked for in another way, or thought not to be there. */
    private static final int MOST_DRAWS = 10_000;

    private final String file;
    private final SortedMap<String, Domain> domains;

    private SearchSpace(String file, SortedMap<String, Domain> domains) {
        this.file = file;
        this.domains = domains;
    }

    /**
     * Reads a space: a list of choices for a key, or a range {@code { from = 1e-4, to = 1e-1, scale = log }}.
     *
     * @param file its name, for messages
     * @param text HOCON
     * @throws UserException for what is neither; what a key may be is not looked at here
     */
    public static SearchSpace parse(String file, String text) {
        SortedMap<String, Domain> domains = new TreeMap<>();
        collect(file, List.of(), HoconValues.read(file, text), domains);
        if (domains.isEmpty()) {
            throw new UserException(
                    "use " + file, "it has no key to search over", "Write e.g. training.batch-size = [32, 64, 128]");
        }
        return new SearchSpace(file, domains);
    }

    private static void collect(
            String file, List<String> above, Map<String, ?> group, SortedMap<String, Domain> domains) {
        group.forEach((name, value) -> {
            List<String> path = new ArrayList<>(above);
            path.add(name);
            if (value instanceof Map<?, ?> inner && !NumberRange.isMeant(inner)) {
                collect(file, path, named(inner), domains);
            } else {
                String key = HoconValues.key(path);
                domains.put(key, domain(file, key, value));
            }
        });
    }

    private static Domain domain(String file, String key, Object value) {
        if (value instanceof Map<?, ?> range) {
            return NumberRange.of(file, key, named(range));
        }
        if (value instanceof List<?> list && !list.isEmpty()) {
            return new Choices(list.stream().map(HoconValues::written).toList());
        }
        throw new UserException(
                "use " + file,
                key + " is " + value + ", neither a list nor a range",
                "Give it choices, e.g. [32, 64], or a range, e.g. { from = 0.0001, to = 0.1, scale = log }; what is not"
                        + " searched over belongs into the experiment or --set");
    }

    private static Map<String, ?> named(Map<?, ?> group) {
        return group.entrySet().stream()
                .collect(
                        TreeMap::new,
                        (map, entry) -> map.put(String.valueOf(entry.getKey()), entry.getValue()),
                        Map::putAll);
    }

    /** As it was named. */
    public String file() {
        return file;
    }

    /** The keys. */
    public Set<String> keys() {
        return domains.keySet();
    }

    /** What every key may be, as a text that changes with it. */
    public Map<String, String> described() {
        return domains.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().toString()));
    }

    /**
     * Trials, no two of them the same: values by key. A trial follows from the seed and its place, however many there are; what a key
     * has in it does not depend on the other keys of the space, unless it is drawn again because the trial was there before.
     *
     * @throws UserException where there are not as many
     */
    public List<Map<String, String>> draw(long seed, int trials) {
        Grid grid = new Grid(domains);
        Set<Map<String, String>> drawn = new LinkedHashSet<>();
        grid.count().ifPresent(count -> {
            if (count < trials) {
                throw tooFew(trials, count);
            }
        });
        while (drawn.size() < trials) {
            drawn.add(another(seed, drawn, grid).orElseThrow(() -> tooFew(trials, drawn.size())));
        }
        return List.copyOf(drawn);
    }

    /** One that is not there yet; where chance finds none, the next in the grid. */
    private Optional<Map<String, String>> another(long seed, Set<Map<String, String>> drawn, Grid grid) {
        int number = drawn.size() + 1;
        return IntStream.range(0, MOST_DRAWS)
                .mapToObj(again -> trial(seed, number, again))
                .filter(trial -> !drawn.contains(trial))
                .findFirst()
                .or(() -> grid.next(Seeds.of(seed, STREAM, number), drawn));
    }

    private UserException tooFew(int trials, long found) {
        return new UserException(
                "draw " + trials + " trials from " + file,
                "there are no more than " + found + " that differ",
                "Set --trials to " + found + " or widen the space");
    }

    private Map<String, String> trial(long seed, int number, int again) {
        RandomStream random = new RandomStream();
        Map<String, String> values = new TreeMap<>();
        domains.forEach((key, domain) -> {
            random.restart(Seeds.of(seed, STREAM, number, again, sum(key)));
            values.put(key, domain.draw(random));
        });
        return values;
    }

    private static long sum(String key) {
        CRC32 sum = new CRC32();
        sum.update(ByteBuffer.wrap(key.getBytes(UTF_8)));
        return sum.getValue();
    }

    /** Trials that have every extreme of every key, the other keys at their first. */
    public List<Map<String, String>> extremes() {
        Map<String, String> first = new TreeMap<>();
        domains.forEach((key, domain) -> first.put(key, domain.extremes().get(0)));
        Set<Map<String, String>> extremes = new LinkedHashSet<>(List.of(first));
        domains.forEach((key, domain) -> domain.extremes().forEach(value -> {
            Map<String, String> trial = new TreeMap<>(first);
            trial.put(key, value);
            extremes.add(trial);
        }));
        return List.copyOf(extremes);
    }

    /** A trial's values as {@code --set} has them. */
    public static List<String> settings(Map<String, String> trial) {
        return trial.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toList();
    }
}
