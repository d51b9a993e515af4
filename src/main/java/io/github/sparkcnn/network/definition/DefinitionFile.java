package io.github.sparkcnn.network.definition;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sparkcnn.network.NamedClasses;
import io.github.sparkcnn.network.NetworkDefinition;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.shade.jackson.core.JsonProcessingException;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.exc.InvalidTypeIdException;

/** Reads Deeplearning4j's configuration of a network out of its JSON or out of a model.zip. */
final class DefinitionFile {

    private static final String WANTED =
            "Name the JSON of a MultiLayerConfiguration or ComputationGraphConfiguration (toJson), or a model.zip";

    private DefinitionFile() {}

    /** The definition, as the Deeplearning4j of today writes it. */
    static NetworkDefinition read(InputStream file) throws IOException {
        BufferedInputStream in = new BufferedInputStream(file);
        in.mark(2);
        boolean isZip = in.read() == 'P' && in.read() == 'K';
        in.reset();
        return parse(isZip ? configuration(in) : text(in));
    }

    private static String configuration(InputStream in) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals(ModelSerializer.CONFIGURATION_JSON)) {
                    return new String(zip.readAllBytes(), UTF_8);
                }
            }
        } catch (ZipException | EOFException | IllegalArgumentException e) { // the last for a name that is no UTF-8
            throw Misfit.of("the zip is damaged", e, "Copy it again");
        }
        throw new Misfit("the zip holds no " + ModelSerializer.CONFIGURATION_JSON, WANTED);
    }

    /** The file, unless its first letter shows that it is no JSON: it may be large. */
    private static String text(InputStream in) throws IOException {
        in.mark(1);
        int first = in.read();
        while (Character.isWhitespace(first)) {
            in.mark(1);
            first = in.read();
        }
        if (first != '{') {
            throw new Misfit(first < 0 ? "it is empty" : "it is no JSON and no zip", WANTED);
        }
        in.reset();
        return new String(in.readAllBytes(), UTF_8);
    }

    private static NetworkDefinition parse(String json) {
        JsonNode root;
        try {
            NamedClasses.require(json);
            root = new ObjectMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new Misfit(
                    "its JSON is broken in line " + e.getLocation().getLineNr() + ": "
                            + e.getOriginalMessage().lines().findFirst().orElse(""),
                    "Write it again with toJson()");
        } catch (IOException e) {
            throw new Misfit(e.getMessage(), WANTED);
        }
        boolean isGraph = root.has("vertices") && root.has("networkInputs");
        if (!isGraph && !root.has("confs")) {
            throw new Misfit(
                    "its JSON is no network of Deeplearning4j: it has neither confs nor vertices with networkInputs",
                    WANTED);
        }
        try {
            return new NetworkDefinition(
                    isGraph
                            ? ComputationGraphConfiguration.fromJson(json).toJson()
                            : MultiLayerConfiguration.fromJson(json).toJson(),
                    isGraph);
        } catch (RuntimeException | LinkageError e) { // what a wrong one makes Deeplearning4j throw is not documented
            throw unreadable(e);
        }
    }

    private static Misfit unreadable(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidTypeIdException unknown && unknown.getTypeId() != null) {
                return new Misfit(
                        "there is no class " + unknown.getTypeId() + " on the class path",
                        "Add the jar that has it with --jars");
            }
        }
        return Misfit.of("Deeplearning4j cannot read it", e, WANTED);
    }
}
