package io.github.sparkcnn.model;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sparkcnn.fuzz.Compressed;
import io.github.sparkcnn.fuzz.Compressed.Entry;
import io.github.sparkcnn.fuzz.OutsideReader;
import io.github.sparkcnn.fuzz.Scratch;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.image.PixelScale;
import io.github.sparkcnn.io.Json;
import io.github.sparkcnn.io.Sha256;
import io.github.sparkcnn.network.definition.FuzzedDefinition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** One part of a model folder, in a folder of which the rest is whole, and its hashes are right. */
public record FuzzedModel(Part part, Scratch scratch) implements OutsideReader {
    private static final byte[] ZIP = ModelZip.write(FuzzedDefinition.tiny().build());
    private static final ModelCard CARD =
            ModelCard.unsaved("own", List.of("a", "b", "c"), new ImageShape(1, 4, 4), PixelScale.UNIT);

    /** What is thrown at. */
    public enum Part {
        CARD,
        ZIP,
        CONFIGURATION,
        COEFFICIENTS,
        UPDATER
    }

    public FuzzedModel(Part part) {
        this(part, new Scratch());
    }

    @Override
    public String name() {
        return "model-" + part.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<byte[]> seeds() throws Exception {
        return switch (part) {
            case CARD ->
                List.of(
                        Json.page(CARD.withSha256(Sha256.of(ZIP))).getBytes(UTF_8),
                        "null".getBytes(UTF_8),
                        "{}".getBytes(UTF_8));
            case ZIP ->
                List.of(
                        Compressed.deflated(entries().toArray(Entry[]::new)),
                        with("preprocessor.bin", Canaries.serialized()));
            case CONFIGURATION -> new FuzzedDefinition().jsons();
            case COEFFICIENTS -> List.of(entry("coefficients.bin"), wide(entry("coefficients.bin")));
            case UPDATER -> List.of(entry("updaterState.bin"), Canaries.serialized());
        };
    }

    @Override
    public List<String> words() {
        return new FuzzedDefinition().words();
    }

    /** With strides that lead out of the values: behind the mode, the length and the type are rank, two sides, two strides. */
    private static byte[] wide(byte[] array) {
        int shape = new String(array, ISO_8859_1).indexOf("\0\4LONG") + 6;
        ByteBuffer.wrap(array).putLong(shape + 3 * Long.BYTES, 1L << 33);
        return array;
    }

    private static byte[] entry(String name) throws IOException {
        return entries().stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow()
                .content();
    }

    private static List<Entry> entries() throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(ZIP))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.add(new Entry(entry.getName(), zip.readAllBytes()));
            }
        }
        return entries;
    }

    /** The zip with another content of an entry. */
    private static byte[] with(String name, byte[] content) throws IOException {
        List<Entry> entries = entries();
        entries.removeIf(entry -> entry.name().equals(name));
        entries.add(new Entry(name, content));
        return Compressed.stored(entries.toArray(Entry[]::new));
    }

    @Override
    public void read(byte[] input) throws Exception {
        byte[] zip = switch (part) {
            case CARD -> ZIP;
            case ZIP -> input;
            case CONFIGURATION -> with("configuration.json", input);
            case COEFFICIENTS -> with("coefficients.bin", input);
            case UPDATER -> with("updaterState.bin", input);
        };
        scratch.file(
                "model/model.json",
                part == Part.CARD
                        ? input
                        : Json.page(CARD.withSha256(Sha256.of(zip))).getBytes(UTF_8));
        scratch.file("model/model.zip", zip);
        ModelFolder.Saved saved =
                ModelFolder.load(Scratch.STORAGE, scratch.root().getPath().toString());
        saved.card().classes();
        saved.card().resized();
    }

    @Override
    public int tries() {
        return part == Part.CARD ? 300 : 100;
    }
}
