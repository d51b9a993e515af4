package io.github.sparkcnn.track.mlflow;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * What one call logs.
 *
 * @param metrics at most {@link #MOST_METRICS}
 * @param params at most {@link #MOST_PARAMS}
 * @param tags at most {@link #MOST_TAGS}
 */
record Batch(List<Metric> metrics, List<Pair> params, List<Pair> tags) {

    static final int MOST_METRICS = 1000;
    static final int MOST_PARAMS = 100;
    static final int MOST_TAGS = 100;

    /** One value of a metric; milliseconds since 1970. */
    record Metric(String key, double value, long timestamp, long step) {}

    /** A parameter or a tag. */
    record Pair(String key, String value) {}

    Batch {
        metrics = List.copyOf(metrics);
        params = List.copyOf(params);
        tags = List.copyOf(tags);
    }

    /** These values of one step. */
    static Batch of(Map<String, Double> values, long timestamp, long step) {
        return new Batch(
                values.entrySet().stream()
                        .map(each -> new Metric(each.getKey(), each.getValue(), timestamp, step))
                        .toList(),
                List.of(),
                List.of());
    }

    /** The values of one metric by their steps, in as many calls as they need. */
    static List<Batch> of(String key, SortedMap<Long, Double> values, long timestamp) {
        return pages(values, MOST_METRICS, (step, value) -> new Metric(key, value, timestamp, step)).stream()
                .map(page -> new Batch(page, List.of(), List.of()))
                .toList();
    }

    /** These parameters and tags, in as many calls as they need; none where there are none. */
    static List<Batch> of(Map<String, String> params, Map<String, String> tags) {
        List<List<Pair>> first = pages(params, MOST_PARAMS, Pair::new);
        List<List<Pair>> second = pages(tags, MOST_TAGS, Pair::new);
        return IntStream.range(0, Math.max(first.size(), second.size()))
                .mapToObj(i -> new Batch(List.of(), page(first, i), page(second, i)))
                .toList();
    }

    /** The same with parameters of at most so many characters. */
    Batch cut(int length) {
        return new Batch(
                metrics,
                params.stream()
                        .map(param -> new Pair(param.key(), Names.cut(param.value(), length)))
                        .toList(),
                tags);
    }

    int longestParam() {
        return params.stream().mapToInt(param -> param.value().length()).max().orElse(0);
    }

    private static List<Pair> page(List<List<Pair>> pages, int index) {
        return index < pages.size() ? pages.get(index) : List.of();
    }

    private static <K, V, T> List<List<T>> pages(Map<K, V> values, int most, BiFunction<K, V, T> entry) {
        List<T> all = values.entrySet().stream()
                .map(each -> entry.apply(each.getKey(), each.getValue()))
                .toList();
        List<List<T>> pages = new ArrayList<>();
        for (int from = 0; from < all.size(); from += most) {
            pages.add(all.subList(from, Math.min(all.size(), from + most)));
        }
        return pages;
    }
}
