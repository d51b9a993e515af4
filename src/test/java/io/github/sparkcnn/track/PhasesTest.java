package io.github.sparkcnn.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PhasesTest {

    private final Phases phases = new Phases();

    @Test
    void anEpochHasItsOwnSecondsOfEachPhaseOnly() {
        phases.add("read", 3);
        epoch(2, 0.5);
        epoch(4, 0.25);

        assertThat(phases.seconds()).containsExactly(entry("read", 3.0), entry("train", 6.0), entry("evaluate", 0.75));
        assertThat(phases.epochs())
                .extracting(seconds -> seconds.get("train"), seconds -> seconds.get("evaluate"))
                .containsExactly(tuple(2.0, 0.5), tuple(4.0, 0.25));
        assertThat(phases.epochs()).noneMatch(seconds -> seconds.containsKey("read"));
    }

    @Test
    void theTotalIsThePhasesAndTheRestButNotTheirParts() {
        phases.startEpoch();
        phases.add("train", 2);
        phases.add("train.steps", 1.5);
        phases.endEpoch();

        Map<String, Double> seconds = phases.epochs().get(0);
        assertThat(seconds.keySet()).containsExactly("total", "train", "train.steps", "other");
        assertThat(seconds.get("train") + seconds.get("other")).isCloseTo(seconds.get("total"), within(1e-12));
    }

    private void epoch(double train, double evaluate) {
        phases.startEpoch();
        phases.add("train", train);
        phases.add("evaluate", evaluate);
        phases.endEpoch();
    }
}
