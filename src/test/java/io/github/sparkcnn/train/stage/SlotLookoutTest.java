package io.github.sparkcnn.train.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SlotLookoutTest {

    private long seconds;
    private int slots = 3;
    private int looks;

    private final SlotLookout lookout = new SlotLookout(
            3,
            Duration.ofSeconds(10),
            () -> {
                looks++;
                return slots;
            },
            () -> seconds * 1_000_000_000L);

    @Test
    void givesUpAfterSoLongWithTooFewSlots() {
        lookAt(1, 3);
        lookAt(2, 1);
        lookAt(11, 2);

        assertThatThrownBy(() -> lookAt(12, 2))
                .isInstanceOfSatisfying(
                        TooFewSlotsException.class, e -> assertThat(e.slots()).isEqualTo(2))
                .hasMessage("the cluster has 2 slots");
    }

    @Test
    void beginsToCountAnewWhenThereWasRoom() {
        lookAt(1, 2);
        lookAt(10, 3);
        lookAt(12, 2);
        lookAt(21, 2);

        assertThatThrownBy(() -> lookAt(22, 0)).hasMessage("the cluster has 0 slots");
    }

    @Test
    void doesNotLookAllTheTime() {
        lookAt(1, 3);
        lookAt(1, 3);

        assertThat(looks).isEqualTo(1);
    }

    private void lookAt(long second, int found) {
        seconds = second;
        slots = found;
        lookout.run();
    }
}
