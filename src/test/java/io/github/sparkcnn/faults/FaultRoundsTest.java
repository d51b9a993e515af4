package io.github.sparkcnn.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FaultRoundsTest {

    private static final List<Fault> FAULTS = List.of(Fault.EXECUTOR_KILLED, Fault.DRIVER_KILLED);

    @Test
    void theSameSeedDrawsTheSameRounds() {
        assertThat(FaultRounds.draw(7, 30, FAULTS)).isEqualTo(FaultRounds.draw(7, 30, FAULTS));
        assertThat(FaultRounds.draw(8, 30, FAULTS)).isNotEqualTo(FaultRounds.draw(7, 30, FAULTS));
    }

    @Test
    void everyFaultHasItsTurnAtMomentsOfItsOwn() {
        List<FaultRounds.Round> rounds = FaultRounds.draw(7, 30, FAULTS);

        assertThat(rounds)
                .filteredOn(round -> round.fault() == Fault.DRIVER_KILLED)
                .hasSize(15);
        assertThat(rounds)
                .extracting(FaultRounds.Round::moment)
                .doesNotHaveDuplicates()
                .allMatch(m -> m >= 0 && m < 1);
        assertThat(rounds).extracting(FaultRounds.Round::victim).contains(0, 1);
    }
}
