package io.github.sparkcnn.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.UserException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NativesChoiceTest {

    @Test
    void takesAvx512OnlyWhereAllOfSkylakesPartsAre() {
        assertThat(NativesChoice.ofFlags(
                        Set.of("avx2", "fma", "avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl")))
                .isEqualTo(NativesChoice.AVX512);
        assertThat(NativesChoice.ofFlags(Set.of("avx2", "fma", "avx512f", "avx512cd")))
                .isEqualTo(NativesChoice.AVX2);
    }

    @Test
    void leavesOldProcessorsToThePlainBuild() {
        assertThat(NativesChoice.ofFlags(Set.of("sse4_2", "avx"))).isEqualTo(NativesChoice.PLAIN);
        assertThat(NativesChoice.ofFlags(Set.of())).isEqualTo(NativesChoice.PLAIN);
    }

    @Test
    void whatIsAskedForHasToRunHere() {
        Set<String> avx2 = Set.of("avx2", "fma");

        assertThat(NativesChoice.forced("avx2", avx2)).isEqualTo(NativesChoice.AVX2);
        assertThat(NativesChoice.forced("plain", avx2)).isEqualTo(NativesChoice.PLAIN);
        assertThat(NativesChoice.forced("AVX512", Set.of())).isEqualTo(NativesChoice.AVX512);
        assertThatThrownBy(() -> NativesChoice.forced("avx512", avx2))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "Cannot use sparkcnn.natives = avx512: this processor does not have all that it takes for granted."
                                + " Leave it out, or set it to avx2.");
        assertThatThrownBy(() -> NativesChoice.forced("avx3", avx2))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "Cannot use sparkcnn.natives = avx3: there is no such build. Leave it out, or set it to avx512, avx2 or"
                                + " plain.");
    }
}
