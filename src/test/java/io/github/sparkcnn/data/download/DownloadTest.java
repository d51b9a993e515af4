package io.github.sparkcnn.data.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.download.OfficialDataSet.RemoteFile;
import io.github.sparkcnn.io.Storage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DownloadTest {
    private static final String NAME = "train-images-idx3-ubyte.gz";

    private final byte[] content = new byte[100_000];
    private final List<String> ranges = new ArrayList<>();
    private final Storage storage = Storage.ofLocalMaster(new Configuration());
    private HttpServer server;

    @TempDir
    Path folder;

    @BeforeEach
    void startServer() throws IOException {
        new Random(1).nextBytes(content);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @ParameterizedTest
    @EnumSource(OfficialDataSet.class)
    void theExperimentThatTrainsOnItLooksWhereItGoes(OfficialDataSet set) throws IOException {
        assertThat(Files.readString(Path.of(set.experiment())))
                .contains("train = \"data/" + set + "\"", "test = \"data/" + set + "\"");
    }

    @Test
    void fetchesAndChecks() throws Exception {
        serve(this::answerWithRanges);

        Download.Result result = download().execute();

        assertThat(result.fetched()).isEqualTo(1);
        assertThat(result.files()).singleElement().satisfies(file -> {
            assertThat(file.bytes()).isEqualTo(content.length);
            assertThat(file.md5()).isEqualTo(md5());
        });
        assertWhole();
    }

    @Test
    void leavesAWholeFileAlone() throws Exception {
        serve(this::answerWithRanges);
        download().execute();

        assertThat(download().execute().fetched()).isZero();
        assertThat(ranges).hasSize(1);
    }

    @Test
    void fetchesADamagedFileAgain() throws Exception {
        serve(this::answerWithRanges);
        Files.write(folder.resolve(NAME), new byte[10]);

        assertThat(download().execute().fetched()).isEqualTo(1);
        assertWhole();
    }

    @Test
    void goesOnWhereItStopped() throws Exception {
        serve(this::answerWithRanges);
        Files.write(partial(), Arrays.copyOf(content, 40_000));

        download().execute();

        assertThat(ranges).containsExactly("bytes=40000-");
        assertWhole();
    }

    @Test
    void startsAgainWhereTheServerKnowsNoRanges() throws Exception {
        serve(exchange -> answer(exchange, 200, content));
        Files.write(partial(), Arrays.copyOf(content, 40_000));

        download().execute();

        assertWhole();
    }

    @Test
    void startsAgainWhenTheRangeIsRefused() throws Exception {
        serve(this::answerWithRanges);
        Files.write(partial(), new byte[content.length + 1]);

        download().execute();

        assertThat(ranges).containsExactly("bytes=100001-", "null");
        assertWhole();
    }

    @Test
    void keepsWhatArrivedBeforeTheConnectionBroke() throws Exception {
        serve(exchange -> {
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content, 0, 30_000);
            exchange.getResponseBody().flush();
            exchange.close();
        });

        assertThatThrownBy(() -> download().execute())
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot download " + uri() + ": the connection broke after ")
                .hasMessageEndingWith("Run the command again: it goes on from there.");
        assertThat(folder.resolve(NAME)).doesNotExist();

        server.removeContext("/");
        serve(this::answerWithRanges);
        download().execute();
        assertWhole();
    }

    @Test
    void refusesAWrongChecksum() throws Exception {
        serve(exchange -> answer(exchange, 200, new byte[5]));

        assertThatThrownBy(() -> download().execute())
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot download " + uri() + ": what arrived has MD5 ca9c491ac66b2c62500882e93f3719a8, not "
                        + md5() + ". Run the command again, or name another mirror with --mirror.");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void refusesAMissingFile() throws Exception {
        serve(exchange -> answer(exchange, 404, new byte[0]));

        assertThatThrownBy(() -> download().execute())
                .isInstanceOf(UserException.class)
                .hasMessage("Cannot download " + uri()
                        + ": the server answered 404 (not found). Try later, or name a mirror with --mirror.");
    }

    @Test
    void saysThatTheServerCannotBeReached() throws Exception {
        Download download = download();
        server.stop(0);

        assertThatThrownBy(download::execute)
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot download " + uri() + ": the server cannot be reached (")
                .hasMessageEndingWith("Check the network connection, or name a mirror with --mirror.");
    }

    @Test
    void knowsTheDataSetsByName() {
        assertThat(OfficialDataSet.of("fashion-mnist")).isEqualTo(OfficialDataSet.FASHION_MNIST);
        assertThatThrownBy(() -> OfficialDataSet.of("cifar"))
                .hasMessage("Cannot download cifar: there is no such data set. Name one of fashion-mnist, mnist.");
    }

    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private void serve(Answer answer) {
        server.createContext("/", exchange -> {
            try (exchange) {
                answer.to(exchange);
            }
        });
    }

    private void answerWithRanges(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        ranges.add(String.valueOf(range));
        int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
        if (from >= content.length) {
            answer(exchange, 416, new byte[0]);
        } else {
            answer(exchange, range == null ? 200 : 206, Arrays.copyOfRange(content, from, content.length));
        }
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        if (body.length > 0) {
            exchange.getResponseBody().write(body);
        }
    }

    private Download download() throws Exception {
        return new Download(
                List.of(new RemoteFile(NAME, md5())),
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/files"),
                storage,
                storage.path(folder.toString()));
    }

    private String uri() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/files/" + NAME;
    }

    private String md5() throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
    }

    private Path partial() {
        return folder.resolve("." + NAME + ".partial");
    }

    private void assertWhole() throws IOException {
        assertThat(Files.readAllBytes(folder.resolve(NAME))).isEqualTo(content);
        assertThat(partial()).doesNotExist();
    }
}
