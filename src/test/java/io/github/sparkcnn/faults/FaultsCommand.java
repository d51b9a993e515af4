package io.github.sparkcnn.faults;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/** {@code standalone|yarn ROUNDS [SEED]}: so many runs, each with a fault; ends with 1 if one of them has other parameters than the undisturbed run. */
public final class FaultsCommand {

    private FaultsCommand() {}

    public static void main(String... args) throws Exception {
        int rounds = Integer.parseInt(args[1]);
        long seed = args.length > 2
                ? Long.parseLong(args[2])
                : ThreadLocalRandom.current().nextInt(1_000_000);
        Path folder = Files.createTempDirectory("sparkcnn-faults");
        int same = 0;
        int late = 0;
        System.out.println("seed " + seed + ", logs in " + folder);
        try (DisturbedCluster cluster = start(args[0], folder)) {
            FaultRounds faults = new FaultRounds(folder, cluster);
            System.out.println(faults.trainUndisturbed());
            for (FaultRounds.Round round : FaultRounds.draw(seed, rounds, cluster.faults())) {
                FaultRounds.Outcome outcome = faults.play(round);
                System.out.println(outcome);
                same += outcome.same() ? 1 : 0;
                late += outcome.struck() ? 0 : 1;
            }
        }
        System.out.printf(
                "%d of %d rounds ended with the parameters of the undisturbed run; in %d of them the fault never came in time%n",
                same, rounds, late);
        System.exit(same == rounds ? 0 : 1);
    }

    private static DisturbedCluster start(String kind, Path folder) throws Exception {
        return switch (kind) {
            case "standalone" -> DisturbedStandalone.start(folder);
            case "yarn" -> DisturbedYarn.start(folder);
            default -> throw new IllegalArgumentException("standalone or yarn, not " + kind);
        };
    }
}
