package io.github.sparkcnn.cli.option;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sparkcnn.FileException;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.Configuration;
import io.github.sparkcnn.config.ConfigurationReader;
import io.github.sparkcnn.io.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The words {@code [CONF] [--set KEY=VALUE]…} that {@code train}, {@code compare} and {@code tune} share. */
public final class Experiment {

    private static final String QUICKSTART = "conf/quickstart.conf";

    @Parameters(
            arity = "0..1",
            paramLabel = "CONF",
            defaultValue = QUICKSTART,
            description = "The experiment, a HOCON file. Default: ${DEFAULT-VALUE}, which the jar has too.")
    private String conf;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description =
                    "Sets a key of the experiment, in place of its own value. May be repeated. All keys: conf/reference.conf.")
    private List<String> settings = new ArrayList<>();

    private String text;

    /** The experiment with the user's settings. */
    public Configuration read(Storage storage) {
        return read(storage, List.of());
    }

    /** With further settings, {@code KEY=VALUE}, which win over the user's. */
    public Configuration read(Storage storage, List<String> further) {
        return ConfigurationReader.read(conf, text(storage), all(further));
    }

    /** One text, HOCON, with the user's settings and further ones in it. */
    public String merged(Storage storage, List<String> further) {
        return ConfigurationReader.merged(conf, text(storage), all(further));
    }

    /** Read once, so that it is the same for all that are made of it. */
    private String text(Storage storage) {
        if (text == null) {
            text = textOf(conf, storage);
        }
        return text;
    }

    /**
     * The words behind {@code train} that read it with further settings; none in a driver elsewhere, to which the launcher has sent the file
     * under another name.
     */
    public List<String> words(List<String> further) {
        if (!conf.equals(QUICKSTART) && System.getenv("SPARKCNN_LAUNCHER") == null) {
            return List.of();
        }
        Stream<String> file = Stream.of(conf).filter(name -> !name.equals(QUICKSTART));
        return Stream.concat(file, all(further).stream().flatMap(setting -> Stream.of("--set", setting)))
                .toList();
    }

    private List<String> all(List<String> further) {
        List<String> all = new ArrayList<>(settings);
        all.addAll(further);
        return all;
    }

    /**
     * Reads an experiment's file.
     *
     * @param conf null: the defaults
     */
    static Configuration read(String conf, List<String> settings, Storage storage) {
        return conf == null
                ? ConfigurationReader.read("the defaults", "", settings)
                : ConfigurationReader.read(conf, textOf(conf, storage), settings);
    }

    /** Refuses a {@code --set} of a key that another option of the command decides, and which would be overridden. */
    public void refuseSetting(String command, String key, String option) {
        refuseSetting(command, settings, key, option);
    }

    static void refuseSetting(String command, List<String> settings, String key, String option) {
        settings.stream()
                .filter(setting -> ConfigurationReader.sets(setting, key))
                .findFirst()
                .ifPresent(setting -> {
                    throw new UserException(
                            command + " with --set " + setting,
                            option + " decides it here",
                            "Use " + option + " instead");
                });
    }

    /**
     * Refuses settings of other keys than these and those of their groups; one without a value is refused where it is read.
     *
     * @param words what the keys are, for messages
     * @param example a setting of one of them
     */
    static void refuseOthers(List<String> settings, List<String> keys, String words, String example) {
        for (String setting : settings) {
            String key = setting.split("=", -1)[0].strip();
            if (setting.contains("=") && keys.stream().noneMatch(taken -> (key + ".").startsWith(taken + "."))) {
                throw new UserException(
                        "use --set " + setting, "this command takes " + words + " only", "Write e.g. --set " + example);
            }
        }
    }

    /** The experiment's name: its file's name without the extension. */
    public String name() {
        return conf.replaceAll(".*/", "").replaceAll("\\.conf$", "");
    }

    private static String textOf(String conf, Storage storage) {
        boolean embedded = conf.equals(QUICKSTART)
                && !Files.isRegularFile(java.nio.file.Path.of(conf))
                && !storage.exists(storage.path(conf));
        return embedded ? embeddedQuickstart() : textOf(conf, storage, "Name an experiment, e.g. " + QUICKSTART);
    }

    /**
     * Reads a file of HOCON. One beside the driver counts before one on the cluster's file system: that is where people edit it.
     *
     * @param remedy what to change where it cannot be read
     */
    public static String textOf(String file, Storage storage, String remedy) {
        try {
            java.nio.file.Path local = java.nio.file.Path.of(file);
            if (Files.isRegularFile(local)) {
                return text(file, Files.readAllBytes(local), remedy);
            }
            Path path = storage.path(file);
            FileStatus status = storage.status(path)
                    .orElseThrow(() -> new UserException("read " + file, "there is no such file", remedy));
            if (status.isDirectory()) {
                throw new UserException("read " + file, "it is a folder", remedy);
            }
            try (InputStream in = storage.open(path)) {
                return text(file, in.readAllBytes(), remedy);
            }
        } catch (IOException e) {
            throw new FileException("read", file, e);
        }
    }

    private static String text(String file, byte[] bytes, String remedy) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new UserException("read " + file, "its text is not UTF-8", remedy);
        }
    }

    private static String embeddedQuickstart() {
        try (InputStream in = ConfigurationReader.class.getResourceAsStream("quickstart.conf")) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new FileException("read", "the jar's " + QUICKSTART, e);
        }
    }
}
