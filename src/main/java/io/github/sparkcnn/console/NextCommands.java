package io.github.sparkcnn.console;

import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.io.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;

/**
 * What one would do next with a training run that has come to its end, or with a search, with its real paths: lines that begin with
 * two spaces, behind all that a program reads.
 *
 * @param launcher the words before a command, for a shell
 * @param local whether a path without a scheme means this machine's files
 * @param run the run's folder
 */
public record NextCommands(String launcher, boolean local, Path run, Configuration configuration) {

    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_@%+=:,./-]+");
    private static final String COLUMNS = "data.columns";
    private static final String SHAPE = "data.shape";
    private static final String DEVICE = "device";

    /**
     * How the user has begun it: what the launcher says of itself, and otherwise, for a driver in a cluster, the launcher of its kind.
     *
     * @param master Spark's
     */
    public static String launcher(Map<String, String> environment, String master) {
        String told = environment.get("SPARKCNN_LAUNCHER");
        if (told != null) {
            return told;
        }
        return master.startsWith("spark:")
                ? "submit/standalone --master " + word(master)
                : master.startsWith("yarn")
                        ? "submit/yarn"
                        : master.startsWith("k8s:") ? "submit/kubernetes" : "submit/local";
    }

    /** The lines, the first of which is empty. */
    public List<String> lines() {
        List<String> lines = begin(new Path(run, "report.html"));
        configuration
                .data()
                .test()
                .ifPresent(test -> lines.add(
                        "  evaluate it       " + onImages("evaluate", test, COLUMNS, SHAPE, DEVICE, "data.malformed")));
        lines.add("  predict with it   "
                + onImages(
                        "predict",
                        configuration.data().test().orElse(configuration.data().train()),
                        COLUMNS,
                        SHAPE,
                        DEVICE)
                + " --output " + word(path(local, new Path(run, "predictions"))));
        return lines;
    }

    /**
     * The lines behind a search.
     *
     * @param local as above
     * @param page the search's
     * @param best the best configuration
     */
    public static List<String> ofSearch(String launcher, boolean local, Path page, Path best) {
        List<String> lines = begin(page);
        lines.add("  train with it     " + launcher + " train " + word(path(local, best)));
        return lines;
    }

    /** A browser takes the page from a terminal by a click. */
    private static List<String> begin(Path page) {
        return new ArrayList<>(List.of(
                "",
                "  Next:",
                "  see how it went   "
                        + (Storage.isLocal(page) ? "file://" + page.toUri().getRawPath() : page.toString())));
    }

    private String onImages(String command, String data, String... keys) {
        String format = configuration.data().format();
        return launcher + " " + command + " --model " + word(path(local, run)) + " --data " + word(data)
                + (format.equals("auto") ? "" : " --format " + word(format)) + settings(List.of(keys));
    }

    /** The experiment's own settings of these keys, which the command needs too. */
    private String settings(List<String> keys) {
        return configuration.overrides().entrySet().stream()
                .filter(setting -> keys.stream().anyMatch(key -> (setting.getKey() + ".").startsWith(key + ".")))
                .map(setting -> " --set " + word(setting.getKey() + "=" + setting.getValue()))
                .collect(Collectors.joining());
    }

    private static String path(boolean local, Path path) {
        return local ? Storage.display(path) : path.toString();
    }

    /** One word for a shell. */
    private static String word(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
