package io.github.sparkcnn.track.report;

import io.github.sparkcnn.track.EpochMetrics;
import io.github.sparkcnn.track.StepMetrics;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** Reports to look at. */
final class Reports {
    private static final List<String> LABELS = List.of(
            "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot");

    private Reports() {}

    static Report full() throws IOException {
        return new Report(
                "fashion-cnn on Fashion-MNIST",
                "2026-11-21 02:45 UTC, local[2], 2 workers",
                epochs(12),
                List.of(),
                Optional.of(evaluation()),
                pictures(20, ""),
                pictures(12, " → Shirt"),
                phases(),
                new TreeMap<>(Map.of("network.name", "fashion-cnn", "data.train", "hdfs://host/a&b<c>\"d\"")),
                new TreeMap<>(Map.of("java", "17.0.12", "backend", "cpu, oneDNN")));
    }

    /** The same with three points of the loss within each epoch. */
    static Report withSteps() throws IOException {
        Report full = full();
        List<StepMetrics> steps = IntStream.range(0, 36)
                .mapToObj(i -> new StepMetrics(i / 3 + 1, i + 1L, 20_000L * (i % 3 + 1), 1.0 / (i + 1), 0.1))
                .toList();
        return new Report(
                full.title(),
                full.subtitle(),
                full.epochs(),
                steps,
                full.evaluation(),
                full.samples(),
                full.misclassified(),
                full.phaseSeconds(),
                full.configuration(),
                full.environment());
    }

    /** As a run of all-reduce leaves them. */
    static Map<String, Double> phases() {
        Map<String, Double> seconds = new LinkedHashMap<>();
        seconds.put("read", 4.25);
        seconds.put("train", 287.5);
        seconds.put("train.steps", 200.0);
        seconds.put("train.minibatches", 20.0);
        seconds.put("train.averaging", 30.0);
        seconds.put("train.waiting", 25.0);
        seconds.put("evaluate", 12.25);
        seconds.put("train.save", 3.5);
        seconds.put("train.tell", 2.5);
        seconds.put("save", 6.0);
        return seconds;
    }

    static Report ofEpochs(List<EpochMetrics> epochs) {
        return new Report(
                "run", "now", epochs, List.of(), Optional.empty(), List.of(), List.of(), Map.of(), Map.of(), Map.of());
    }

    static List<EpochMetrics> epochs(int n) {
        return IntStream.rangeClosed(1, n)
                .mapToObj(i -> new EpochMetrics(
                        i,
                        0.9 / i + 0.15,
                        0.7 / i + 0.24,
                        0.92 - 0.2 / i,
                        0.001 * (1 + Math.cos(Math.PI * i / n)) / 2,
                        60_000,
                        24.5,
                        2500 + 40 * Math.sin(i),
                        2))
                .toList();
    }

    private static Report.Evaluation evaluation() {
        Random random = new Random(3);
        List<Report.Scores> classes = new ArrayList<>();
        List<List<Long>> confusion = new ArrayList<>();
        for (int actual = 0; actual < LABELS.size(); actual++) {
            classes.add(new Report.Scores(LABELS.get(actual), 0.9123, 0.8871, 0.8995, 1000));
            List<Long> row = new ArrayList<>();
            for (int predicted = 0; predicted < LABELS.size(); predicted++) {
                row.add(actual == predicted ? 900L : (long) Math.max(0, random.nextGaussian() * 18));
            }
            confusion.add(row);
        }
        return new Report.Evaluation(
                0.9178, classes, List.of(new Report.Scores("macro avg", 0.91, 0.92, 0.915, 10_000)), confusion);
    }

    private static List<Report.Picture> pictures(int n, String suffix) throws IOException {
        List<Report.Picture> pictures = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
            image.createGraphics().fillOval(4, 4 + i % 5, 20, 20 - i % 7);
            ByteArrayOutputStream png = new ByteArrayOutputStream();
            ImageIO.write(image, "png", png);
            pictures.add(new Report.Picture(png.toByteArray(), LABELS.get(i % 10) + suffix));
        }
        return pictures;
    }
}
