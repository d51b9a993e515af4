package io.github.sparkcnn.kernel;

import static org.assertj.core.api.Assertions.assertThat;

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
}
