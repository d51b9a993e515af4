package io.github.sparkcnn.allreduce;

import java.util.List;
import java.util.stream.IntStream;

/** How the workers exchange their vectors in an averaging. */
public enum Exchange {

    /** {@link RingAverage}: 2(W − 1) steps between neighbours, each of which passes on what it has while more comes in. */
    RING,

    /** {@link HalvingAverage}: 2⌈log₂ W⌉ steps over distances that halve. */
    HALVING;

    /** Which one an averaging of so many workers and floats takes, that is open to them. Every worker has to say the same. */
    public interface Rule {
        Exchange of(int size, long length);
    }

    /** The most floats in a message: 256 KiB, which still lie in the L2 cache when they are merged and passed on. */
    public static final int SEGMENT = 1 << 16;

    /** Up to here a ring loses two steps at most, and each worker needs to know its two neighbours only. */
    private static final int MOST_IN_A_RING = 4;

    /** What is worth leaving the ring for: a part of the time that an averaging in it takes. */
    private static final double WORTH_WHILE = 0.1;

    /** On a network of 10 Gb/s. It need not be right, but the same for all workers. */
    private static final AveragingCost COST =
            new AveragingCost(AveragingCost.LOOPBACK.latency(), 10e9 / Byte.SIZE, AveragingCost.LOOPBACK.processor());

    /** The rule: halving where the ring's steps cost more than a tenth of its time, and there are five workers or more. */
    public static Exchange cheaper(int size, long length) {
        boolean worthWhile = COST.halving(size, length) < (1 - WORTH_WHILE) * COST.ring(size, length);
        return size > MOST_IN_A_RING && worthWhile ? HALVING : RING;
    }

    /** How far away to either side the neighbours are that a worker has to know, for whatever vector comes. */
    public static List<Integer> distances(int size) {
        if (size <= MOST_IN_A_RING) {
            return List.of(1);
        }
        return halvingDistances(size);
    }

    /** Whether so many workers can exchange like this with the neighbours that they know. */
    public boolean isOpenTo(int size) {
        return this == RING || distances(size).containsAll(halvingDistances(size));
    }

    private static List<Integer> halvingDistances(int size) {
        HalvingPlan plan = HalvingPlan.of(size);
        return IntStream.range(0, plan.steps() / 2).map(plan::distance).boxed().toList();
    }
}
