package io.github.sparkcnn.track.mlflow;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sparkcnn.Visible;
import io.github.sparkcnn.io.Json;
import io.github.sparkcnn.track.mlflow.Messages.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls of a tracking server, each within its time; redirects, which lead to pages for people, are not followed. */
final class Server {

    private static final int LONGEST_ANSWER = 1 << 20;
    private static final int LONGEST_REASON = 300;

    private final URI home;
    private final Credentials credentials;
    private final Patience patience;
    private HttpClient client;

    Server(URI home, Credentials credentials, Patience patience) {
        this.home = home;
        this.credentials = credentials;
        this.patience = patience;
    }

    /** An address on it: {@code /api/2.0/…}, encoded. */
    URI at(String path) {
        return URI.create(home.toString().replaceAll("/+$", "") + path);
    }

    /** Whether it is this one that answers there, with nobody else to hear who asks. */
    boolean owns(URI address) {
        return home.getScheme().equalsIgnoreCase(address.getScheme())
                && home.getAuthority().equalsIgnoreCase(address.getAuthority());
    }

    URI home() {
        return home;
    }

    /** Asks, and reads the answer. */
    <T> T get(String path, Class<T> answer) throws IOException {
        return read(send(request(at(path)).GET(), patience.answer()), answer);
    }

    /** Tells, and reads the answer. */
    <T> T post(String path, Object message, Class<T> answer) throws IOException {
        HttpRequest.Builder request = request(at(path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.line(message), UTF_8));
        return read(send(request, patience.answer()), answer);
    }

    /** Sends a file. */
    void put(URI address, Content content) throws IOException {
        BodyPublisher body = content.bytes() == 0
                ? BodyPublishers.noBody()
                : BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(content.stream()), content.bytes());
        send(request(address).header("Content-Type", "application/octet-stream").PUT(body), patience.upload());
    }

    private HttpRequest.Builder request(URI address) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        credentials.header().ifPresent(value -> request.header("Authorization", value));
        return request;
    }

    private byte[] send(HttpRequest.Builder request, Duration limit) throws IOException {
        CompletableFuture<Answer> answer = client().sendAsync(
                        request.build(), HttpResponse.BodyHandlers.ofInputStream())
                .thenApply(Server::whole);
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS).accepted();
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException("it did not answer within " + limit.toMillis() / 1000.0 + " s", e);
        } catch (ExecutionException e) {
            throw new IOException(reason(e.getCause()), e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("it had not answered when the run ended");
        }
    }

    private HttpClient client() {
        if (client == null) { // begins a thread
            client = HttpClient.newBuilder()
                    .connectTimeout(patience.connect())
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();
        }
        return client;
    }

    @SuppressWarnings("ArrayRecordComponent") // a body, compared by nobody
    private record Answer(int status, byte[] body) {

        /** Its body, if it is a yes. */
        byte[] accepted() throws IOException {
            if (status == 200) {
                return body;
            }
            Refusal refusal = refusal();
            String message = refusal.message() == null ? "" : ": " + shortened(refusal.message());
            throw new RefusedException(
                    refusal.code() == null ? "" : refusal.code(),
                    "it answered " + status + (refusal.code() == null ? "" : " " + shortened(refusal.code())) + message
                            + remedy());
        }

        private Refusal refusal() {
            try {
                return Json.read(body, Refusal.class);
            } catch (IOException noJson) { // a page, of the server's or of one before it
                return new Refusal(null, null);
            }
        }

        private String remedy() {
            return switch (status) {
                case 401, 403 ->
                    " (is " + Credentials.TOKEN + " set, or " + Credentials.USER + " and " + Credentials.PASSWORD
                            + "?)";
                default -> "";
            };
        }
    }

    private static Answer whole(HttpResponse<InputStream> response) {
        try (InputStream in = response.body()) {
            byte[] body = in.readNBytes(LONGEST_ANSWER + 1);
            if (body.length > LONGEST_ANSWER) {
                throw new IOException("its answer is longer than " + LONGEST_ANSWER + " bytes");
            }
            return new Answer(response.statusCode(), body);
        } catch (IOException e) {
            throw new UncheckedIOException(reason(e), e);
        }
    }

    private static <T> T read(byte[] body, Class<T> type) throws IOException {
        try {
            return Json.read(body, type);
        } catch (IOException e) {
            throw new IOException("its answer is not MLflow's (" + shortened(Visible.firstLine(e)) + ")", e);
        }
    }

    private static String shortened(String text) {
        return Names.cut(Visible.line(text.lines().findFirst().orElse("")), LONGEST_REASON);
    }

    private static String reason(Throwable e) {
        Throwable first = e instanceof UncheckedIOException && e.getCause() != null ? e.getCause() : e;
        if (first instanceof ConnectException) {
            return "nobody answers there";
        }
        return Visible.firstLine(first);
    }
}
