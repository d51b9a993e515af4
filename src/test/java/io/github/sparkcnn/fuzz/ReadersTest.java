package io.github.sparkcnn.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.UserException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
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

    /** Of a clock in a seed every build would make other inputs. A zip's clock goes by two seconds. */
    @Test
    void seedsKnowNoTime() throws Exception {
        List<List<byte[]>> before = seeds();
        Thread.sleep(2100);
        List<List<byte[]>> after = seeds();

        for (int i = 0; i < before.size(); i++) {
            assertThat(after.get(i).toArray(byte[][]::new))
                    .as(Readers.all().get(i).name())
                    .isDeepEqualTo(before.get(i).toArray(byte[][]::new));
        }
    }

    private static List<List<byte[]>> seeds() throws Exception {
        List<List<byte[]>> seeds = new ArrayList<>();
        for (OutsideReader reader : Readers.all()) {
            seeds.add(reader.seeds());
        }
        return seeds;
    }

    @Test
    void areChosenByName() {
        assertThat(Readers.named(List.of("zip", "tar")))
                .extracting(OutsideReader::name)
                .containsExactly("zip", "tar");
        assertThat(Readers.named(List.of())).hasSameSizeAs(Readers.all());
        assertThatThrownBy(() -> Readers.named(List.of("zip", "rar")))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot fuzz rar: there is no reader of this name. The readers are csv, ");
    }

    @Test
    void namesAreDistinct() {
        assertThat(readers().map(OutsideReader::name)).doesNotHaveDuplicates();
    }
}
