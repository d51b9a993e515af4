package io.github.sparkcnn.keys;

import java.math.BigDecimal;

/**
 * The numbers that a key may have, and how a message says so: a value that is too large is told the upper bound too. NaN is in no
 * range.
 *
 * @param least the lower bound
 * @param hasLeast whether it belongs to the range
 * @param most the upper bound, infinite for none
 * @param hasMost whether it belongs to the range
 * @param words what to set the key to: {@code a number above 0}
 * @param bounded the same for a value that is too large: {@code a number above 0, below 1e6}
 */
public record Range(double least, boolean hasLeast, double most, boolean hasMost, String words, String bounded) {

    /** From which on a round number is written with its power of ten. */
    private static final int LONGEST_PLAIN_ZEROS = 4;

    /** {@code 0 to 1}: both bounds belong to it. */
    public static Range of(double least, double most) {
        return new Range(least, true, most, true, "", "").saying(text(least) + " to " + text(most));
    }

    /** {@code between 0 and 1}: neither bound belongs to it. */
    public static Range between(double least, double most) {
        return new Range(least, false, most, false, "", "").saying("between " + text(least) + " and " + text(most));
    }

    /** {@code a number above 0}. */
    public static Range above(double least) {
        return new Range(least, false, Double.POSITIVE_INFINITY, true, "", "").saying("a number above " + text(least));
    }

    /** {@code 1 or more}. */
    public static Range atLeast(double least) {
        return new Range(least, true, Double.POSITIVE_INFINITY, true, "", "").saying(text(least) + " or more");
    }

    /** The same with an upper bound that does not belong to it; a value too large is told of it. */
    public Range below(double bound) {
        return new Range(least, hasLeast, bound, false, words, words + ", below " + text(bound));
    }

    /** The same with an upper bound that belongs to it; a value too large is told of it. */
    public Range upTo(double bound) {
        return new Range(least, hasLeast, bound, true, words, words + ", at most " + text(bound));
    }

    /** The same without infinity. */
    public Range finite() {
        return new Range(least, hasLeast, Double.POSITIVE_INFINITY, false, words, words + ", finite");
    }

    /** The same with more after its words. */
    public Range followedBy(String more) {
        return new Range(least, hasLeast, most, hasMost, words + more, bounded + more);
    }

    /** The same in other words, which name the bounds it has so far. */
    public Range saying(String text) {
        return new Range(least, hasLeast, most, hasMost, text, text);
    }

    public boolean contains(double value) {
        return (hasLeast ? value >= least : value > least) && !isTooLarge(value);
    }

    /** What a key of this wrong value should be set to. */
    public String wanted(double value) {
        return isTooLarge(value) ? bounded : words;
    }

    /** Refuses a value in a constructor, where the mistake is a programmer's. */
    public void require(String name, double value) {
        if (!contains(value)) {
            throw new IllegalArgumentException(name + " is " + value + ", not " + wanted(value));
        }
    }

    private boolean isTooLarge(double value) {
        return hasMost ? value > most : value >= most;
    }

    private static String text(double number) {
        BigDecimal exact = BigDecimal.valueOf(number).stripTrailingZeros();
        return exact.scale() < -LONGEST_PLAIN_ZEROS ? exact.toString().replace("E+", "e") : exact.toPlainString();
    }
}
