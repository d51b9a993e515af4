package io.github.sparkcnn.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sparkcnn.fuzz.OutsideReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An experiment's HOCON, or one word behind {@code --set}. */
public record FuzzedConfiguration(boolean ofSettings) implements OutsideReader {

    @Override
    public String name() {
        return ofSettings ? "set" : "hocon";
    }

    @Override
    public List<byte[]> seeds() throws IOException {
        List<String> texts = new ArrayList<>();
        if (ofSettings) {
            texts.addAll(List.of(
                    "training.epochs=3",
                    "data.labels=[a, \"b, c\", {x = 1}]",
                    "training.augmentation=[{name = crop, padding = 2}, {name = flip}]",
                    "training.optimizer={name = adam, learning-rate = 1e-3}",
                    "data.shape=[3, 32, 32]",
                    "data={include file(\"/etc/hostname\")}",
                    "data.train=/data/a//b#c.csv",
                    "data.labels=[\"" + "a".repeat(20_000) + "\"]",
                    "data.labels=[\"" + "\\\\".repeat(20_000) + "\"]",
                    "data.labels=" + "[".repeat(20_000) + "]".repeat(20_000),
                    "data.labels={a = " + "{a = ".repeat(5_000) + "}".repeat(5_000) + "}",
                    "data.labels={b" + ".a".repeat(20_000) + " = 1}",
                    "a" + ".a".repeat(20_000) + "=1",
                    "\"data\".train=null"));
        } else {
            texts.addAll(List.of(
                    Files.readString(Path.of("conf/quickstart.conf")),
                    "data { train = \"a.csv\", labels = [a, b] }\ntraining.epochs = ${n}\nn = 3 // three",
                    "training.schedule { name = step, every = 2 }\ntraining.augmentation = [{ name = crop, padding = 2 }]",
                    "data.train = \"" + "\\\\".repeat(20_000) + "\"",
                    "a = " + "[".repeat(20_000),
                    "a = ${b}\nb = ${a}",
                    "training { include required(file(\"/etc/hostname\")) }\ninclude \"a\"",
                    "data.train = \"\"\"" + "x\n".repeat(20_000) + "\"\"\"",
                    "a" + ".a".repeat(20_000) + " = 1",
                    "data.labels += 1\n".repeat(2_000),
                    "a = ${?a} 1\n".repeat(2_000),
                    "a = ${?a} 1\n".repeat(128),
                    "data.labels += 1\n".repeat(128),
                    "training { include\u2028required(file(\"/etc/hostname\")) }",
                    "data = {train = 1} ".repeat(1) + "{train = 1} ".repeat(2_000)));
        }
        return texts.stream().map(text -> text.getBytes(UTF_8)).toList();
    }

    @Override
    public List<String> words() {
        return List.of(
                "{",
                "}",
                "[",
                "]",
                "=",
                "${",
                "${?HOME}",
                "\"",
                "\"\"\"",
                "\\",
                "//",
                "#",
                "+=",
                ":",
                ",",
                "null",
                "NaN",
                "1e999",
                "training.",
                "data.",
                "name",
                "true",
                "\u00e9",
                "include ",
                "\u2028");
    }

    @Override
    public int tries() {
        return 500;
    }

    @Override
    public void read(byte[] input) {
        String text = new String(input, UTF_8);
        if (ofSettings) {
            ConfigurationReader.read("an.conf", "", List.of(text));
        } else {
            ConfigurationReader.read("an.conf", text, List.of());
        }
    }
}
