package io.github.sparkcnn.track.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.io.Storage;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageServerTest {

    private static final String PAGE = "<p>Größe 0.91</p>";
    private static final String SECRET = "nobody's business";

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private Storage storage;
    private PageServer server;

    @BeforeEach
    void serve() throws IOException {
        storage = Storage.ofLocalMaster(new Configuration(false));
        Files.writeString(folder.resolve("metrics.jsonl"), SECRET);
        server = start(Duration.ofMillis(1));
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void showsThePageAsItIsByNow() throws Exception {
        HttpResponse<String> before = get();
        assertThat(before.statusCode()).isEqualTo(200);
        assertThat(before.body())
                .contains("<h1>Nothing to show yet</h1>", "This page reads itself again every 10 seconds");
        assertThat(before.headers().firstValue("Refresh")).contains("10");

        write(PAGE);

        HttpResponse<String> shown = get();
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.body()).isEqualTo(PAGE);
        assertThat(shown.headers().map())
                .containsEntry("content-type", List.of("text/html; charset=utf-8"))
                .containsEntry("cache-control", List.of("no-store"))
                .containsEntry("x-content-type-options", List.of("nosniff"))
                .containsKey("content-security-policy");

        write("<p>later</p>");
        assertThat(get().body()).isEqualTo("<p>later</p>");
    }

    @Test
    void aPageThatCannotBeReadIsAskedForAgain() throws Exception {
        Files.createDirectory(folder.resolve("report.html"));

        HttpResponse<String> answer = get();

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("The run's page cannot be read now");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.1:8080", "localhost", "LocalHost:1"})
    void answersWhoAsksThisMachine(String host) throws IOException {
        write(PAGE);

        assertThat(ask("GET / HTTP/1.1\r\nHost: " + host))
                .startsWith("HTTP/1.1 200 ")
                .endsWith(PAGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: evil.example",
                "Host: evil.example:80",
                "Host: localhost.evil.example",
                "Host: 127.0.0.1.evil.example",
                "Host: evil.example@localhost",
                "Host: 127.0.0.2",
                "Host: 127x0x0x1",
                "Host:",
                "X: no host"
            })
    void refusesWhoAsksByAnotherName(String header) throws IOException {
        write(PAGE);

        assertThat(ask("GET / HTTP/1.1\r\n" + header))
                .startsWith("HTTP/1.1 403 ")
                .doesNotContain("0.91");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/report.html",
                "/metrics.jsonl",
                "/../metrics.jsonl",
                "/%2e%2e/metrics.jsonl",
                "/./",
                "/..",
                "/favicon.ico"
            })
    void hasNothingButThePage(String path) throws IOException {
        write(PAGE);

        assertThat(ask("GET " + path + " HTTP/1.1\r\nHost: localhost"))
                .startsWith("HTTP/1.1 404 ")
                .doesNotContain(SECRET, "0.91");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE"})
    void isOnlyRead(String method) throws IOException {
        write(PAGE);

        assertThat(ask(method + " / HTTP/1.1\r\nContent-Length: 0\r\nHost: localhost"))
                .startsWith("HTTP/1.1 405 ")
                .contains("Allow: GET")
                .doesNotContain("0.91");
        assertThat(Files.readString(folder.resolve("report.html"))).isEqualTo(PAGE);
    }

    @Test
    void listensOnOneAddressOfThisMachine() throws IOException {
        InetAddress other = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});

        assertThat(server.url().getHost()).isEqualTo("127.0.0.1");
        assertThatThrownBy(() -> new Socket(other, server.url().getPort()).close())
                .isInstanceOf(IOException.class);
    }

    @Test
    void aPortThatIsTakenIsNotServedOn() {
        assertThatThrownBy(() -> PageServer.start(server.url().getPort(), storage, Optional::empty))
                .isInstanceOf(BindException.class);
    }

    /** None of them ends by itself. */
    @Test
    @Timeout(60)
    void halfARequestIsInNobodysWay() throws Exception {
        write(PAGE);
        List<Socket> halves = new ArrayList<>();
        try {
            for (int i = 0; i < 16; i++) {
                halves.add(new Socket(
                        InetAddress.getLoopbackAddress(), server.url().getPort()));
                halves.get(i).getOutputStream().write("GET / HTTP/1.1\r\nHost: local".getBytes(UTF_8));
            }

            assertThat(ask("GET / HTTP/1.1\r\nHost: localhost"))
                    .startsWith("HTTP/1.1 200 ")
                    .endsWith(PAGE);
            server.close();
        } finally {
            for (Socket half : halves) {
                half.close();
            }
        }
    }

    @Test
    void nothingListensAfterwards() {
        server.close();

        assertThatThrownBy(this::get).isInstanceOf(ConnectException.class);
    }

    @Test
    void whoHasBeenLookingGetsTheLastPage() throws Exception {
        write(PAGE);
        try (PageServer patient = start(Duration.ofMinutes(2))) {
            assertThat(get(patient).headers().firstValue("Refresh")).contains("10");
            write("<p>the end</p>");
            CompletableFuture<Void> closed = CompletableFuture.runAsync(patient::close);

            HttpResponse<String> last = get(patient);
            while (last.headers().firstValue("Refresh").isPresent()) { // it has not begun to end
                last = get(patient);
            }

            assertThat(last.body()).isEqualTo("<p>the end</p>");
            closed.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void whoDoesNotComeAgainIsNotWaitedForLong() throws Exception {
        PageServer waiting = start(Duration.ofMillis(300));
        long before = System.nanoTime();
        get(waiting);

        waiting.close();

        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .isBetween(Duration.ofMillis(300), Duration.ofSeconds(20));
    }

    private PageServer start(Duration patience) throws IOException {
        org.apache.hadoop.fs.Path page = new org.apache.hadoop.fs.Path(
                "file", null, folder.resolve("report.html").toString());
        return new PageServer(0, storage, () -> Optional.of(page).filter(storage::exists), patience);
    }

    private void write(String page) throws IOException {
        Files.writeString(folder.resolve("report.html"), page);
    }

    private HttpResponse<String> get() throws IOException, InterruptedException {
        return get(server);
    }

    private HttpResponse<String> get(PageServer from) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(from.url()).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** All that comes back; Java's own client sends no other host than the URL's. */
    private String ask(String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.url().getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write((request + "\r\nConnection: close\r\n\r\n").getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
