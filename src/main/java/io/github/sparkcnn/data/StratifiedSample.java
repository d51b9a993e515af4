package io.github.sparkcnn.data;

import io.github.sparkcnn.random.Seeds;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/** Which images make a smaller data set in which every class has the share that it has in the whole. */
final class StratifiedSample {

    private StratifiedSample() {}

    /** Positions of so many images; a class gets its share rounded down or up, the largest remainders up. */
    static BitSet choose(List<Integer> labels, int images, long seed) {
        TreeMap<Integer, List<Integer>> positions = new TreeMap<>();
        for (int i = 0; i < labels.size(); i++) {
            positions.computeIfAbsent(labels.get(i), label -> new ArrayList<>()).add(i);
        }
        BitSet chosen = new BitSet(labels.size());
        shares(positions, labels.size(), images).forEach((label, share) -> {
            List<Integer> own = positions.get(label);
            SplittableRandom random = new SplittableRandom(Seeds.of(seed, label));
            for (int k = 0; k < share; k++) {
                int other = k + random.nextInt(own.size() - k);
                chosen.set(own.get(other));
                own.set(other, own.get(k));
            }
        });
        return chosen;
    }

    private static Map<Integer, Integer> shares(Map<Integer, List<Integer>> positions, int all, int images) {
        Map<Integer, Integer> shares = new TreeMap<>();
        positions.forEach((label, own) -> shares.put(label, (int) ((long) own.size() * images / all)));
        int left = images - shares.values().stream().mapToInt(Integer::intValue).sum();
        positions.keySet().stream()
                .sorted(Comparator.comparingLong(
                        label -> -((long) positions.get(label).size() * images % all)))
                .limit(left)
                .forEach(label -> shares.merge(label, 1, Integer::sum));
        return shares;
    }

    /** In a task: whether a row's position is among the chosen. */
    static final class Contains implements Function<Tuple2<Row, Long>, Boolean> {
        private static final long serialVersionUID = 1L;
        private final BitSet chosen;

        Contains(BitSet chosen) {
            this.chosen = chosen;
        }

        @Override
        public Boolean call(Tuple2<Row, Long> row) {
            return chosen.get(Math.toIntExact(row._2));
        }
    }
}
