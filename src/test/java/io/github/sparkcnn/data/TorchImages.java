package io.github.sparkcnn.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.sparkcnn.image.ImageShape;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** One image and what PyTorch made of it; written by augment/make_warps.py. */
public record TorchImages(JsonNode json) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public static TorchImages read() {
        try (InputStream in = TorchImages.class.getResourceAsStream("/augment/warps.json")) {
            return new TorchImages(JSON.readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException("augment/warps.json", e);
        }
    }

    public ImageShape shape() {
        return new ImageShape(
                json.get("channels").asInt(),
                json.get("height").asInt(),
                json.get("width").asInt());
    }

    public byte[] image() {
        int[] values = JSON.convertValue(json.get("image"), int[].class);
        byte[] pixels = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            pixels[i] = (byte) values[i];
        }
        return pixels;
    }

    public static double[] numbers(JsonNode node) {
        return JSON.convertValue(node, double[].class);
    }
}
