package io.github.sparkcnn.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SignalTest {

    @Test
    void saysWhetherItCameInTime() throws Exception {
        Process process = new ProcessBuilder("sleep", "60").start();

        assertThat(Signal.STOP.to(process.toHandle())).isTrue();
        assertThat(Signal.KILL.to(process.toHandle())).isTrue();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(Signal.KILL.to(process.toHandle())).isFalse();
    }
}
