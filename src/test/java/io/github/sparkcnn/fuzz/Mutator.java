package io.github.sparkcnn.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Makes inputs of seeds, always the same ones: a seed with a few places changed as damage, and as malice, change files. */
final class Mutator {
    private static final int LONGEST = 1 << 16;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,12}");
    private static final long[] NUMBERS = {
        0,
        1,
        -1,
        2,
        7,
        8,
        15,
        16,
        64,
        127,
        128,
        255,
        256,
        1000,
        4095,
        32767,
        32768,
        65535,
        65536,
        1 << 20,
        1 << 24,
        Integer.MAX_VALUE - 8,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        1L << 32,
        1L << 40,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };

    private final List<byte[]> seeds;
    private final List<String> words;
    private final Random random;

    Mutator(List<byte[]> seeds, List<String> words, long seed) {
        this.seeds = seeds;
        this.words = words;
        this.random = new Random(seed);
    }

    byte[] next() {
        byte[] input = one(seeds).clone();
        do {
            input = changed(input);
        } while (random.nextInt(3) > 0);
        return input.length > LONGEST ? Arrays.copyOf(input, LONGEST) : input;
    }

    private byte[] changed(byte[] input) {
        int at = random.nextInt(input.length + 1);
        int to = Math.min(input.length, at + 1 + (random.nextInt(4) == 0 ? random.nextInt(64) : random.nextInt(8)));
        return switch (random.nextInt(11)) {
            case 0 ->
                replaced(input, at, at + 1, (byte) ((1 << random.nextInt(8)) ^ (at < input.length ? input[at] : 0)));
            case 1 -> replaced(input, at, at + 1, (byte) random.nextInt(256));
            case 2 -> number(input, at);
            case 3 -> replaced(input, at, to);
            case 4 -> replaced(input, at, at, noise());
            case 5 -> replaced(input, at, at, Arrays.copyOfRange(input, at, to));
            case 6 -> Arrays.copyOf(input, at);
            case 7 -> spliced(input, at, one(seeds));
            case 8 -> writtenNumber(input);
            case 9 ->
                words.isEmpty()
                        ? number(input, at)
                        : replaced(input, at, at, one(words).getBytes(UTF_8));
            default ->
                words.isEmpty()
                        ? writtenNumber(input)
                        : replaced(input, at, to, one(words).getBytes(UTF_8));
        };
    }

    private byte[] number(byte[] input, int at) {
        int width = 1 << random.nextInt(4);
        byte[] number = new byte[Long.BYTES];
        boolean little = random.nextBoolean();
        ByteBuffer.wrap(number)
                .order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN)
                .putLong(NUMBERS[random.nextInt(NUMBERS.length)]);
        return replaced(
                input,
                at,
                at + width,
                little ? Arrays.copyOf(number, width) : Arrays.copyOfRange(number, Long.BYTES - width, Long.BYTES));
    }

    private byte[] writtenNumber(byte[] input) {
        List<MatchResult> found =
                NUMBER.matcher(new String(input, ISO_8859_1)).results().toList();
        if (found.isEmpty()) {
            return number(input, random.nextInt(input.length + 1));
        }
        MatchResult number = one(found);
        String other = random.nextInt(4) == 0 ? "1e999999999" : String.valueOf(NUMBERS[random.nextInt(NUMBERS.length)]);
        return replaced(input, number.start(), number.end(), other.getBytes(UTF_8));
    }

    private byte[] noise() {
        byte[] noise = new byte[1 + random.nextInt(16)];
        random.nextBytes(noise);
        return noise;
    }

    private byte[] spliced(byte[] input, int at, byte[] other) {
        int from = random.nextInt(other.length + 1);
        return replaced(input, at, input.length, Arrays.copyOfRange(other, from, other.length));
    }

    private static byte[] replaced(byte[] input, int from, int to, byte... by) {
        int end = Math.min(input.length, to);
        byte[] changed = new byte[from + by.length + input.length - Math.max(from, end)];
        System.arraycopy(input, 0, changed, 0, from);
        System.arraycopy(by, 0, changed, from, by.length);
        System.arraycopy(input, end, changed, from + by.length, input.length - end);
        return changed;
    }

    private <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
