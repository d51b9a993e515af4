package io.github.sparkcnn.allreduce;

import java.util.List;

/** What all workers brought to an averaging, in rank order: the same on every worker. */
public record Contributions(List<Contribution> byRank) {

    public Contributions {
        byRank = List.copyOf(byRank);
    }

    /** The sum of the weights; 0 means that the vectors were left as they were. */
    public long weight() {
        return byRank.stream().mapToLong(Contribution::weight).sum();
    }

    /** The sum of the workers' {@code i}-th values, added in rank order: the same bits everywhere. */
    public double sum(int i) {
        double sum = 0;
        for (Contribution contribution : byRank) {
            sum += contribution.values()[i];
        }
        return sum;
    }
}
