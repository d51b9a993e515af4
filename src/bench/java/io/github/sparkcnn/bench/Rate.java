package io.github.sparkcnn.bench;

import java.util.List;

/**
 * One measurement, as StepFork and pytorch_peer.py print it: {@code engine network batch threads form train|predict images/s
 * images/cpu-second}.
 *
 * @param form our kernels, or PyTorch's memory layout
 */
public record Rate(
        String engine, String network, int batch, int threads, String form, String what, double imagesPerSecond) {

    private static final int WORDS = 8;

    public static Rate parse(String line) {
        List<String> words = List.of(line.split(" "));
        if (words.size() != WORDS) {
            throw new IllegalArgumentException("not a measurement: " + line);
        }
        return new Rate(
                words.get(0),
                words.get(1),
                Integer.parseInt(words.get(2)),
                Integer.parseInt(words.get(3)),
                words.get(4),
                words.get(5),
                Double.parseDouble(words.get(6)));
    }
}
