package io.github.sparkcnn.console;

import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.io.Storage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;

/**
 * What one would do next when a command has come to its end, with its real paths: lines that begin with two spaces, behind all that a
 * program reads; the first is empty.
 *
 * @param launcher the words before a command, for a shell
 * @param local whether a path without a scheme means this machine's files
 */
public record NextCommands(String launcher, boolean local) {

    private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}_@%+=:,./-]+");
    private static final List<String> IMAGES = List.of("data.columns", "data.shape", "device");
    private static final List<String> LABELLED = List.of("data.columns", "data.shape", "device", "data.malformed");

    private static final String SEE = "see how it went";
    private static final String EVALUATE = "evaluate it";
    private static final String PREDICT = "predict with it";
    private static final String MISTAKES = "see its mistakes";
    private static final String LAYERS = "see its layers";
    private static final String RECORD = "see its record";
    private static final int NARROWEST = 15;

    /**
     * Images as a command takes them.
     *
     * @param data the words of {@code --data}
     * @param configuration with the settings that they are read with
     */
    public record Images(String data, String format, Configuration configuration) {

        /** The settings of these keys, which another command needs too. */
        private String settings(List<String> keys) {
            return configuration.overrides().entrySet().stream()
                    .filter(setting -> keys.stream().anyMatch(key -> (setting.getKey() + ".").startsWith(key + ".")))
                    .map(setting -> " --set " + word(setting.getKey() + "=" + setting.getValue()))
                    .collect(Collectors.joining());
        }
    }

    /**
     * As the user has begun it: what the launcher says of itself, and otherwise, for a driver in a cluster, the launcher of its kind.
     *
     * @param master Spark's
     */
    public static NextCommands of(Map<String, String> environment, String master) {
        return new NextCommands(launcher(environment, master), Storage.isLocalMaster(master));
    }

    static String launcher(Map<String, String> environment, String master) {
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

    /** Behind a training run in a folder. */
    public List<String> ofRun(Path run, Configuration configuration) {
        Map<String, String> next = new LinkedHashMap<>();
        next.put(SEE, shown(new Path(run, "report.html")));
        configuration
                .data()
                .test()
                .ifPresent(
                        test -> next.put(EVALUATE, onImages("evaluate", run, images(test, configuration), LABELLED)));
        next.put(PREDICT, predict(run, testOrTraining(configuration), new Path(run, "predictions")));
        putRecord(next, configuration);
        return lines(next);
    }

    /** Where MLflow has it, where it is tracked. */
    private static void putRecord(Map<String, String> next, Configuration configuration) {
        configuration
                .tracking()
                .mlflow()
                .ifPresent(mlflow -> next.put(
                        RECORD,
                        mlflow.isFolder()
                                ? "MLFLOW_ALLOW_FILE_STORE=true mlflow ui --backend-store-uri " + word(mlflow.folder())
                                : mlflow.uri().toString()));
    }

    /**
     * Behind a download.
     *
     * @param experiment that trains on it
     * @param elsewhere the folder, if it is not where the experiment looks
     */
    public List<String> ofDownload(String experiment, Optional<Path> elsewhere) {
        String settings = elsewhere
                .map(this::path)
                .map(folder -> " --set " + word("data.train=" + folder) + " --set " + word("data.test=" + folder))
                .orElse("");
        Map<String, String> next = new LinkedHashMap<>();
        next.put("train on it", launcher + " train " + experiment + settings);
        return lines(next);
    }

    /**
     * Behind a search.
     *
     * @param best the best configuration
     * @param configuration that trials differ from by what is searched
     */
    public List<String> ofSearch(Path page, Path best, Configuration configuration) {
        Map<String, String> next = new LinkedHashMap<>();
        next.put(SEE, shown(page));
        next.put("train with it", launcher + " train " + word(path(best)));
        putRecord(next, configuration);
        return lines(next);
    }

    /**
     * Behind a comparison of several runs.
     *
     * @param fastest the folder of the fastest run
     * @param experiment the words behind {@code train} that make it again; none where they are not known
     */
    public List<String> ofComparison(Path page, Path fastest, List<String> experiment, Configuration configuration) {
        Map<String, String> next = new LinkedHashMap<>();
        next.put(SEE, shown(page));
        if (!experiment.isEmpty()) {
            next.put(
                    "train the fastest",
                    launcher + " train "
                            + experiment.stream().map(NextCommands::word).collect(Collectors.joining(" ")));
        }
        next.put(PREDICT, predict(fastest, testOrTraining(configuration), new Path(fastest, "predictions")));
        putRecord(next, configuration);
        return lines(next);
    }

    /**
     * Behind an evaluation.
     *
     * @param report its text, where it was written
     * @param isFlawless whether there is no mistake
     */
    public List<String> ofEvaluation(
            Storage storage, Path model, Images images, Optional<Path> report, boolean isFlawless) {
        Map<String, String> next = new LinkedHashMap<>();
        report.ifPresent(file -> next.put(SEE, shown(file)));
        if (!isFlawless) {
            next.put(MISTAKES, mistakes(storage, model, images));
        }
        next.put(PREDICT, predict(model, images, free(storage, model, "predictions", "")));
        return lines(next);
    }

    /**
     * Behind predictions.
     *
     * @param isLabelled whether the images have labels
     */
    public List<String> ofPredictions(Storage storage, Path model, Images images, boolean isLabelled) {
        Map<String, String> next = new LinkedHashMap<>();
        if (isLabelled) {
            next.put(EVALUATE, onImages("evaluate", model, images, LABELLED));
            next.put(MISTAKES, mistakes(storage, model, images));
        } else {
            next.put(LAYERS, show(model));
        }
        return lines(next);
    }

    /**
     * Behind the export of an ONNX model.
     *
     * @param images that it was checked on
     */
    public List<String> ofExport(Storage storage, Path model, String images) {
        Map<String, String> next = new LinkedHashMap<>();
        next.put(
                "the same in Spark",
                launcher + " predict --model " + word(path(model)) + " --data " + word(images)
                        + " --engine onnx --output " + word(path(free(storage, model, "predictions", ""))));
        next.put(LAYERS, show(model));
        return lines(next);
    }

    /** Behind the export of weights, whose names are those of layers. */
    public List<String> ofWeights(Path model) {
        return lines(Map.of(LAYERS, show(model)));
    }

    /**
     * Behind an import.
     *
     * @param isLikeSample whether its images are of the size of the sample's, on which an export is checked
     */
    public List<String> ofImport(Storage storage, Path model, boolean isLikeSample) {
        Map<String, String> next = new LinkedHashMap<>();
        next.put(LAYERS, show(model));
        if (isLikeSample) {
            next.put(
                    "write it as ONNX",
                    launcher + " export --model " + word(path(model)) + " --onnx "
                            + word(path(free(storage, model, "model", ".onnx"))));
        }
        return lines(next);
    }

    private static Images testOrTraining(Configuration configuration) {
        return images(configuration.data().test().orElse(configuration.data().train()), configuration);
    }

    private static Images images(String data, Configuration configuration) {
        return new Images(data, configuration.data().format(), configuration);
    }

    private String predict(Path model, Images images, Path output) {
        return onImages("predict", model, images, IMAGES) + " --output " + word(path(output));
    }

    private String mistakes(Storage storage, Path model, Images images) {
        return onImages("data show", model, images, LABELLED) + " --explain --output "
                + word(path(free(storage, model, "mistakes", ".png")));
    }

    private String show(Path model) {
        return launcher + " show --model " + word(path(model));
    }

    private String onImages(String command, Path model, Images images, List<String> keys) {
        return launcher + " " + command + " --model " + word(path(model)) + " --data " + word(images.data())
                + (images.format().equals("auto") ? "" : " --format " + word(images.format())) + images.settings(keys);
    }

    /** A name in the run's folder that nothing has yet: nothing of the user's is written over. */
    private static Path free(Storage storage, Path model, String name, String extension) {
        Path folder = model.getName().equals("model") && model.getParent() != null ? model.getParent() : model;
        Path path = new Path(folder, name + extension);
        for (int i = 2; storage.exists(path); i++) {
            path = new Path(folder, name + "-" + i + extension);
        }
        return path;
    }

    /** As a terminal gives it to a browser by a click. */
    public static String shown(Path page) {
        return Storage.isLocal(page) ? "file://" + page.toUri().getRawPath() : page.toString();
    }

    private static List<String> lines(Map<String, String> next) {
        int widest = next.keySet().stream().mapToInt(String::length).reduce(NARROWEST, Math::max);
        List<String> lines = new ArrayList<>(List.of("", "  Next:"));
        next.forEach((what, command) -> lines.add("  " + what + " ".repeat(widest + 3 - what.length()) + command));
        return lines;
    }

    private String path(Path path) {
        return local ? Storage.display(path) : path.toString();
    }

    /** One word for a shell. */
    private static String word(String text) {
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }
}
