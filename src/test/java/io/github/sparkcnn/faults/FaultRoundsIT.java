package io.github.sparkcnn.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A round for each of three faults on a Master and two Workers; {@code src/bench/faults} plays many, of all faults. */
@Tag("cluster")
class FaultRoundsIT {

    @TempDir
    static Path folder;

    private static DisturbedCluster cluster;
    private static FaultRounds rounds;

    @BeforeAll
    static void trainUndisturbed() throws Exception {
        cluster = DisturbedStandalone.start(folder);
        rounds = new FaultRounds(folder, cluster);
        rounds.trainUndisturbed();
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"1, EXECUTOR_KILLED", "2, EXECUTOR_STOPPED", "3, DRIVER_KILLED"})
    void aRunEndsWithTheParametersOfTheUndisturbedOne(int number, Fault fault) throws Exception {
        FaultRounds.Round drawn = FaultRounds.draw(number, 1, List.of(fault)).get(0);
        // In the first half, so that it is hardly ever too late.
        FaultRounds.Round round = new FaultRounds.Round(number, fault, drawn.moment() / 2, drawn.victim());

        FaultRounds.Outcome outcome = rounds.play(round);

        System.out.println(outcome);
        assertThat(outcome.struck()).as(outcome.toString()).isTrue();
        assertThat(outcome.same()).as(outcome.toString()).isTrue();
    }
}
