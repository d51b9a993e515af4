package io.github.sparkcnn.data.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkcnn.image.ImageShape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Encoded images and what Pillow made of them; written by decode/make_images.py. */
public final class PillowImages {

    private static final JsonNode JSON = json();

    private PillowImages() {}

    /** An encoded image and its right pixels. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    public record Case(String name, byte[] bytes, ImageShape shape, byte[] pixels) {
        @Override
        public String toString() {
            return name;
        }
    }

    public static Stream<Case> images() {
        return stream("images")
                .map(node -> new Case(
                        node.get("name").asText(),
                        bytes(node.get("bytes")),
                        shape(node.get("shape")),
                        bytes(node.get("pixels"))));
    }

    public static byte[] image(String name) {
        return images().filter(image -> image.name().equals(name))
                .findFirst()
                .orElseThrow()
                .bytes();
    }

    public static Stream<JsonNode> resizes() {
        return stream("resizes");
    }

    public static byte[] bytes(JsonNode node) {
        return Base64.getDecoder().decode(node.asText());
    }

    public static ImageShape shape(JsonNode sides) {
        return new ImageShape(
                sides.get(0).asInt(), sides.get(1).asInt(), sides.get(2).asInt());
    }

    private static Stream<JsonNode> stream(String name) {
        return StreamSupport.stream(JSON.get(name).spliterator(), false);
    }

    private static JsonNode json() {
        try (InputStream in = PillowImages.class.getResourceAsStream("/decode/images.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("decode/images.json", e);
        }
    }
}
