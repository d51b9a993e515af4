package io.github.sparkcnn.track;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class PeakMemoryTest {

    @Test
    void isAtLeastWhatIsInUse() {
        byte[] touched = new byte[64 << 20];
        Arrays.fill(touched, (byte) 1);

        assertThat(PeakMemory.bytes())
                .hasValueSatisfying(peak -> assertThat(peak).isGreaterThan(touched.length));
    }

    @Test
    void doesNotGrowByBeingReset() {
        long before = PeakMemory.bytes().orElseThrow();

        PeakMemory.reset();

        assertThat(PeakMemory.bytes().orElseThrow()).isLessThan(before + (64 << 20));
    }
}
