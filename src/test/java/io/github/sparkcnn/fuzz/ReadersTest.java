package io.github.sparkcnn.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is thrown at every reader in each build, always the same; {@code src/bench/fuzz} throws more, for as long as one likes. */
class ReadersTest {

    static Stream<OutsideReader> readers() {
        return Readers.all().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("readers")
    @Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
    void givesAResultOrALineWhateverItReads(OutsideReader reader) throws Exception {
        Deque<byte[]> inputs = new ArrayDeque<>(reader.seeds());
        Mutator mutator =
                new Mutator(reader.seeds(), reader.words(), reader.name().hashCode());
        Tally tally = new Tally(reader.name());
        for (int i = 0; i < reader.tries(); i++) {
            byte[] input = inputs.isEmpty() ? mutator.next() : inputs.poll();
            tally.time(input, () -> hold(reader, input));
        }
        System.out.println(tally);
        assertThat(tally.slowestMillis()).as(tally.toString()).isLessThan(20_000);
    }

    private static void hold(OutsideReader reader, byte[] input) {
        try {
            Property.hold(reader, input);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; its input: " + shown(input), e);
        }
    }

    private static String shown(byte[] input) {
        String all = Base64.getEncoder().encodeToString(input);
        return all.substring(0, Math.min(all.length(), 4000));
    }

    @Test
    void namesAreDistinct() {
        assertThat(readers().map(OutsideReader::name)).doesNotHaveDuplicates();
    }
}
