package io.github.sparkcnn.tune.space;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sparkcnn.fuzz.OutsideReader;
import java.util.List;
import java.util.stream.Stream;

/** What {@code tune --space} names, and trials that are drawn from it. */
public record FuzzedSpace() implements OutsideReader {
    private static final int TRIALS = 3;

    @Override
    public String name() {
        return "search-space";
    }

    @Override
    public List<byte[]> seeds() {
        return Stream.of(
                        "training { optimizer.learning-rate = { from = 1e-4, to = 1e-1, scale = log }\n batch-size = [32, 64] }",
                        "training.epochs = { from = 2, to = 500, whole = true }\nnetwork = [{ name = lenet }, { name = mlp }]",
                        "k.a = { from = -1e308, to = 1e308 }",
                        "k.a = { from = 1e-320, to = 1.7976931348623157e308, scale = log }",
                        "k.a = { from = 1, to = 1e9, scale = log, whole = true }\n\"k.b\".c = [\"a, b\", null, [1, 2]]",
                        "k.a = [" + "[".repeat(5_000) + "]".repeat(5_000) + "]",
                        "k" + ".a".repeat(5_000) + " = [1]",
                        "k.a = [1]\n".repeat(2))
                .map(text -> text.getBytes(UTF_8))
                .toList();
    }

    @Override
    public List<String> words() {
        return List.of(
                "{",
                "}",
                "[",
                "]",
                "=",
                "from = ",
                "to = ",
                "scale = log",
                "whole = true",
                "-",
                "NaN",
                "1e999",
                "null",
                "\"",
                "#",
                "${",
                "include ",
                ",",
                "\n");
    }

    @Override
    public void read(byte[] input) {
        SearchSpace space = SearchSpace.parse("space.conf", new String(input, UTF_8));
        space.described();
        space.extremes().forEach(SearchSpace::settings);
        space.draw(1, TRIALS).forEach(SearchSpace::settings);
    }
}
