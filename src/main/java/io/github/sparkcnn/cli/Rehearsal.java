package io.github.sparkcnn.cli;

import java.util.List;

/**
 * Runs the commands once, on a few drawn images, for a launcher that keeps the classes which they load: class data sharing. Its only
 * argument is a folder for what they write.
 */
public final class Rehearsal {

    private Rehearsal() {}

    /** Fails where a command does. */
    public static void main(String[] args) {
        String data = args[0] + "/data";
        String run = args[0] + "/run";
        List.of(
                        List.of("data", "sample", "--train-images=64", "--test-images=32", "--output=" + data),
                        List.of(
                                "train",
                                "--output=" + run,
                                "--set=data.train=" + data + "/train.csv",
                                "--set=data.test=" + data + "/test.csv",
                                "--set=training.epochs=1",
                                "--set=training.batch-size=16"),
                        List.of("evaluate", "--model=" + run, "--data=" + data + "/test.csv"),
                        List.of(
                                "predict",
                                "--model=" + run,
                                "--data=" + data + "/test.csv",
                                "--output=" + args[0] + "/p"))
                .forEach(Rehearsal::run);
    }

    private static void run(List<String> words) {
        int code = Main.commandLine().execute(words.toArray(String[]::new));
        if (code != 0) {
            throw new IllegalStateException(words + " ended with exit code " + code);
        }
    }
}
