package io.github.sparkcnn.data.pack;

import io.github.sparkcnn.random.Seeds;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Which images make a smaller data set in which every class has the share that it has in the whole. */
final class StratifiedSample {

    private StratifiedSample() {}

    /** Positions of so many images; a class gets its share rounded down or up, the largest remainders up. */
    static BitSet choose(int[] labels, int images, long seed) {
        Map<Integer, int[]> positions = positions(labels);
        BitSet chosen = new BitSet(labels.length);
        shares(positions, labels.length, images).forEach((label, share) -> {
            int[] own = positions.get(label);
            SplittableRandom random = new SplittableRandom(Seeds.of(seed, label));
            for (int k = 0; k < share; k++) {
                int other = k + random.nextInt(own.length - k);
                chosen.set(own[other]);
                own[other] = own[k];
            }
        });
        return chosen;
    }

    private static Map<Integer, int[]> positions(int[] labels) {
        Map<Integer, IntStream.Builder> builders = new TreeMap<>();
        for (int i = 0; i < labels.length; i++) {
            builders.computeIfAbsent(labels[i], label -> IntStream.builder()).add(i);
        }
        Map<Integer, int[]> positions = new TreeMap<>();
        builders.forEach(
                (label, builder) -> positions.put(label, builder.build().toArray()));
        return positions;
    }

    private static Map<Integer, Integer> shares(Map<Integer, int[]> positions, int all, int images) {
        Map<Integer, Integer> shares = new TreeMap<>();
        positions.forEach((label, own) -> shares.put(label, (int) ((long) own.length * images / all)));
        int left = images - shares.values().stream().mapToInt(Integer::intValue).sum();
        positions.keySet().stream()
                .sorted(Comparator.comparingLong(label -> -((long) positions.get(label).length * images % all)))
                .limit(left)
                .forEach(label -> shares.merge(label, 1, Integer::sum));
        return shares;
    }
}
