package io.github.sparkcnn.tune.space;

import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** All trials of a space in an order, where each key's values are counted. */
record Grid(SortedMap<String, Domain> domains) {

    /** How many there are; empty where they are not counted, or too many for a number. */
    OptionalLong count() {
        BigInteger count = BigInteger.ONE;
        for (Domain domain : domains.values()) {
            if (domain.count().isEmpty()) {
                return OptionalLong.empty();
            }
            count = count.multiply(BigInteger.valueOf(domain.count().getAsLong()));
        }
        return count.bitLength() < Long.SIZE ? OptionalLong.of(count.longValue()) : OptionalLong.empty();
    }

    /** The first, from a place on that the seed names, that is not among these; empty where all are, or are not counted. */
    Optional<Map<String, String>> next(long seed, Collection<Map<String, String>> drawn) {
        if (count().isEmpty()) {
            return Optional.empty();
        }
        long count = count().getAsLong();
        long from = Math.floorMod(seed, count);
        return LongStream.range(0, Math.min(count, drawn.size() + 1L))
                .map(step -> step < count - from ? from + step : step - (count - from))
                .mapToObj(this::at)
                .filter(trial -> !drawn.contains(trial))
                .findFirst();
    }

    private Map<String, String> at(long place) {
        Map<String, String> values = new TreeMap<>();
        long rest = place;
        for (Map.Entry<String, Domain> entry : domains.entrySet()) {
            long count = entry.getValue().count().orElseThrow();
            values.put(entry.getKey(), entry.getValue().at(rest % count));
            rest /= count;
        }
        return values;
    }
}
