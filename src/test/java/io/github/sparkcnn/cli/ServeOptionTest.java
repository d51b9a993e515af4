package io.github.sparkcnn.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.cli.option.ServeOption;
import io.github.sparkcnn.console.Console;
import io.github.sparkcnn.io.Storage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class ServeOptionTest {

    @TempDir
    Path folder;

    private final Storage storage = Storage.ofLocalMaster(new Configuration(false));
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Console console = new Console(new PrintStream(said, true, UTF_8), false);

    @Test
    void servesWhileTheWorkGoesOn() throws Exception {
        Path page = Files.writeString(folder.resolve("report.html"), "<p>epoch 1</p>");
        HttpClient browser = HttpClient.newHttpClient();

        CompletableFuture<String> last = during("0", page, () -> {
            URI url = URI.create(said.toString(UTF_8).split(" ", -1)[1]);
            assertThat(body(browser, url)).isEqualTo("<p>epoch 1</p>");
            CompletableFuture<String> looking = CompletableFuture.supplyAsync(() -> untilItEnds(browser, url));
            assertThat(Files.writeString(page, "<p>the end</p>")).exists();
            return looking;
        });

        assertThat(last.get(30, TimeUnit.SECONDS)).isEqualTo("<p>the end</p>");
        assertThat(said.toString(UTF_8)).matches("Page http://127\\.0\\.0\\.1:\\d+/ until the run has ended\n");
    }

    @Test
    void saysNothingAndOpensNothingWhereItIsNotAskedFor() {
        assertThat(option().during(storage, Optional::empty, console, () -> "done"))
                .isEqualTo("done");
        assertThat(said.size()).isZero();
    }

    @Test
    void refusesAPortThatIsTakenBeforeTheWork() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());

            assertThatThrownBy(() -> during(port, folder, () -> {
                        throw new AssertionError("work was done");
                    }))
                    .isInstanceOf(UserException.class)
                    .hasMessage(
                            "Cannot serve the run's page on port " + port
                                    + ": it cannot be had (Address already in use). Give --serve another one, or 0 for any free port.");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "65536"})
    void refusesWhatIsNoPort(String port) {
        assertThatThrownBy(() -> during(port, folder, () -> "done"))
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot serve the run's page on port " + port
                        + ": it is no port. Give --serve a number up to 65535, or 0 for any free port.");
    }

    @Test
    void ofAComparisonTheRunThatGoesOnIsShownAndThenTheWhole() throws IOException {
        Path out = folder.resolve("compare");
        assertThat(shown(out)).isEmpty();
        report(out, "all-reduce-1", 2_000);
        report(out, "all-reduce-2", 3_000);
        report(out, "dl4j-averaging-1", 1_000);
        Files.createDirectory(out.resolve("all-reduce-4"));
        assertThat(shown(out)).contains("all-reduce-2/report.html");

        Path whole = Files.writeString(out.resolve("compare.html"), "");
        Files.setLastModifiedTime(whole, FileTime.fromMillis(3_000));
        assertThat(shown(out)).as("behind a run").contains("compare.html");
        report(out, "all-reduce-4", 4_000);
        assertThat(shown(out)).as("the next run's first epoch").contains("all-reduce-4/report.html");

        Files.setLastModifiedTime(whole, FileTime.fromMillis(5_000));

        assertThat(shown(out)).as("the end").contains("compare.html");
    }

    private static void report(Path out, String run, long millis) throws IOException {
        Path page = Files.createDirectories(out.resolve(run)).resolve("report.html");
        Files.setLastModifiedTime(Files.writeString(page, ""), FileTime.fromMillis(millis));
    }

    private Optional<String> shown(Path out) {
        return CompareCommand.page(storage, storage.path(out.toString()))
                .map(page -> out.relativize(Path.of(page.toUri().getPath())).toString());
    }

    private interface Work<T> {
        T get() throws Exception;
    }

    private <T> T during(String port, Path page, Work<T> work) {
        return option("--serve", port)
                .during(storage, () -> Optional.of(storage.path(page.toString())), console, () -> {
                    try {
                        return work.get();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    @Command
    private static final class Holder {
        @Mixin
        private ServeOption serve;
    }

    private static ServeOption option(String... words) {
        Holder holder = new Holder();
        new CommandLine(holder).parseArgs(words);
        return holder.serve;
    }

    private static String body(HttpClient browser, URI url) throws IOException, InterruptedException {
        return browser.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** What a browser shows last that reads the page again and again. */
    private static String untilItEnds(HttpClient browser, URI url) {
        String last = "";
        try {
            while (true) {
                last = body(browser, url);
                TimeUnit.MILLISECONDS.sleep(20);
            }
        } catch (IOException ended) {
            return last;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
