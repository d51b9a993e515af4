package io.github.sparkcnn.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.config.hocon.HoconValues;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wherever there is HOCON, what it includes is refused, be it there or not, before anything is asked for it. */
class IncludeTest {

    @TempDir
    private Path folder;

    private final AtomicInteger requests = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void offerFiles() throws IOException {
        Files.writeString(folder.resolve("base.conf"), "training.epochs = 7");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "include \"base.conf\"",
                "include\"FILE\"",
                "include\n  \"FILE\"",
                "include \"URL\"",
                "include file(\"FILE\")",
                "include url(\"URL\")",
                "include required(url(\"URL\"))",
                "include\u2028required(file(\"FILE\"))",
                "include classpath(\"logback.xml\")",
                "data { include \"FILE\" }",
                "training.augmentation = [{ name = flip }, { include url(\"URL\") }]",
                "include \"base.conf\"\ninclude \"base.conf\"",
            })
    void ofAnExperimentOrASpaceIsRefused(String include) {
        String text = "training.epochs = 3 # include \"x\"\n" + written(include) + "\ntraining.seed = 2";

        List<ThrowingCallable> readers = List.of(
                () -> ConfigurationReader.read("mine.conf", text, List.of()),
                () -> ConfigurationReader.merged("mine.conf", text, List.of()),
                () -> HoconValues.read("mine.conf", text));

        assertThat(readers)
                .allSatisfy(reader -> assertThatThrownBy(reader)
                        .isInstanceOf(UserException.class)
                        .hasMessage("Cannot read mine.conf: line 2 includes another file. Write its keys here."));
        assertThat(requests).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"include # base\n  \"FILE\"", "include file( # \" {\n  \"FILE\")"})
    void withACommentInItIsRefusedToo(String include) {
        assertThatThrownBy(() -> ConfigurationReader.read("mine.conf", written(include), List.of()))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot read mine.conf: ")
                .hasMessageEndingWith(" includes another file. Write its keys here.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data={include \"FILE\"}",
                "training={epochs = 1, include url(\"URL\")}",
                "training.augmentation=[{name=flip},{include url(\"URL\")}]",
                "training={epochs = 1}, include url(\"URL\"), data={}",
            })
    void ofASettingIsRefused(String setting) {
        String words = written(setting);

        assertThatThrownBy(() -> ConfigurationReader.read("mine.conf", "", List.of(words)))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot use --set " + words + ": it includes another file. Write its keys here.");
        assertThat(requests).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "include \"base.conf\" | it has no KEY=VALUE. Write e.g. --set training.epochs=3.",
                "include url(\"URL?a=b\") | include url(\"URL?a is no key. All keys are in conf/reference.conf.",
            })
    void inPlaceOfASettingIsNone(String setting, String reason) {
        String words = written(setting);

        assertThatThrownBy(() -> ConfigurationReader.read("mine.conf", "", List.of(words)))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot use --set " + words + ": " + written(reason));
        assertThat(requests).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"data.train=include \"base.conf\"", "data.labels=[include \"a\", b]"})
    void withinATextIsText(String setting) {
        assertThat(ConfigurationReader.read("mine.conf", "", List.of(setting)).renderOverrides())
                .contains("include \"");
    }

    private String written(String text) {
        return text.replace("FILE", folder.resolve("base.conf").toString())
                .replace("URL", "http://127.0.0.1:" + server.getAddress().getPort() + "/base.conf");
    }
}
