package io.github.sparkcnn.allreduce;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which floats travel when where distances halve. The vector is cut into as many blocks as there are workers, and worker r
 * comes to hold the mean of block r. At first it holds its own floats of the blocks r … r + W − 1, counted round the circle;
 * in each step it hands the farther half of what it holds, from block r + d on, to the worker d places to the right, and
 * merges what comes from d places to the left into the nearer half (reduce-scatter). The same distances in the opposite order
 * bring the means to all: who has those of the blocks r, r − 1, … r − d + 1 hands them to the worker d places to the right
 * (all-gather). That is 2⌈log₂ W⌉ steps for any W, and every worker sends and receives 2·(W − 1)/W of the vector (Träff,
 * "Optimal, Non-pipelined Reduce-scatter and Allreduce Algorithms", 2024; where W is a power of two, recursive halving and
 * doubling).
 *
 * @param length of the vector, in floats
 * @param segment the most floats that travel in one message
 */
public record HalvingPlan(int rank, int size, long length, int segment) {

    /** Floats that lie one after the other, going on at the vector's beginning after its end, cut into segments. */
    record Run(long from, long floats, int segment) {

        /** The number of messages: at least one, since messages also carry the contributions. */
        int segments() {
            return (int) Math.max(1, (floats + segment - 1) / segment);
        }

        /** The first float of a segment. */
        long from(int index) {
            return from + (long) index * segment;
        }

        /** The number of floats in a segment. */
        int count(int index) {
            return (int) Math.min(segment, floats - (long) index * segment);
        }
    }

    /** Of no vector: only its steps and distances mean anything. */
    static HalvingPlan of(int size) {
        return new HalvingPlan(0, size, 0, 1);
    }

    /** The number of steps; in each a worker sends to one other and receives from another. */
    int steps() {
        return 2 * levels();
    }

    /** Whether what comes in this step is to be merged (or, in the second half of the steps, copied). */
    boolean merges(int step) {
        return step < levels();
    }

    /** How many places to the right a step's floats travel. */
    int distance(int step) {
        return held(level(step) + 1);
    }

    /** The number of blocks that a worker sends in a step, and of those that it receives. */
    int blocks(int step) {
        return held(level(step)) - held(level(step) + 1);
    }

    Run sent(int step) {
        return run(merges(step) ? rank + distance(step) : rank - blocks(step) + 1, step);
    }

    Run received(int step) {
        return run(merges(step) ? rank : rank - distance(step) - blocks(step) + 1, step);
    }

    /** The number of messages that this worker sends over this distance in one averaging. */
    public int messages(int distance) {
        return IntStream.range(0, steps())
                .filter(step -> distance(step) == distance)
                .map(step -> sent(step).segments())
                .sum();
    }

    /** The worker so many places to the right, or to the left where that is negative. */
    int rankAt(int places) {
        return Math.floorMod(rank + places, size);
    }

    /** The number of floats in the block so many places after this worker's own. */
    int floats(int block) {
        int number = rankAt(block);
        return (int) (begin(number + 1) - begin(number));
    }

    /**
     * The workers that a worker knows the contributions of when a merging step begins, in the order in which it hands them on:
     * so many places to its left.
     */
    List<Integer> known(int step) {
        Set<Integer> known = new LinkedHashSet<>(List.of(0));
        for (int earlier = 0; earlier < step; earlier++) {
            for (int places : new ArrayList<>(known)) {
                known.add((places + distance(earlier)) % size);
            }
        }
        return List.copyOf(known);
    }

    /**
     * The workers whose floats are in what a worker holds of a block when a merging step begins: so many places to its left.
     *
     * @param block so many places after the worker's own
     */
    List<Integer> merged(int step, int block) {
        if (step == 0) {
            return List.of(0);
        }
        List<Integer> merged = new ArrayList<>(merged(step - 1, block));
        if (block < blocks(step - 1)) {
            int distance = distance(step - 1);
            merged(step - 1, distance + block).forEach(places -> merged.add(places + distance));
        }
        return merged;
    }

    private Run run(int firstBlock, int step) {
        int first = Math.floorMod(firstBlock, size);
        int end = first + blocks(step);
        long floats = begin(Math.min(end, size)) - begin(first) + begin(Math.max(0, end - size));
        return new Run(begin(first), floats, segment);
    }

    /** ⌈log₂ W⌉. */
    private int levels() {
        return Integer.SIZE - Integer.numberOfLeadingZeros(size - 1);
    }

    private int level(int step) {
        return merges(step) ? step : steps() - 1 - step;
    }

    /** The number of blocks that a worker still holds after so many steps: each time half, rounded up. */
    private int held(int level) {
        return (size + (1 << level) - 1) >> level;
    }

    private long begin(int block) {
        return length * block / size;
    }
}
