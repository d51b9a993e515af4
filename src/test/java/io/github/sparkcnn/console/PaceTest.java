package io.github.sparkcnn.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {

    private long seconds;
    private final Pace pace = new Pace(4, () -> seconds * 1_000_000_000L);

    @Test
    void theFirstEpochTellsByItsOwnPace() {
        pace.seen(0, 100, 1000);
        assertThat(pace.secondsLeft()).isNaN();
        seconds = 4;
        pace.seen(0, 500, 1000);

        // 400 images in 4 s; 500 of this epoch and 3000 of the others are left.
        assertThat(pace.imagesPerSecond()).isEqualTo(100);
        assertThat(pace.secondsLeft()).isEqualTo(35);
    }

    @Test
    void laterEpochsTakeAsLongAsTheOneBefore() {
        pace.seen(0, 1000, 1000);
        pace.ended(20);
        seconds = 30;
        pace.seen(1, 250, 1000);

        assertThat(pace.secondsLeft()).isEqualTo(20 * 2.75);
    }

    @Test
    void anEpochThatIsBegunAgainStartsAnew() {
        pace.seen(1, 900, 1000);
        pace.ended(20);
        seconds = 10;
        pace.seen(1, 0, 1000);
        seconds = 12;
        pace.seen(1, 100, 1000);
        assertThat(pace.imagesPerSecond()).isEqualTo(50);
    }
}
