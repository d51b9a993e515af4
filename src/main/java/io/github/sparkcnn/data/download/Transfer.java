package io.github.sparkcnn.data.download;

import io.github.sparkcnn.FileException;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.io.DataFile;
import io.github.sparkcnn.io.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/** Fetches one file: what has arrived lies beside the target under a hidden name until all of it is there and right. */
final class Transfer {
    private static final int OK = 200;
    private static final int PARTIAL_CONTENT = 206;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(Duration.ofSeconds(20))
            .build();
    private final Storage storage;
    private final URI source;
    private final Path target;
    private final Path partial;
    private final String md5;

    Transfer(Storage storage, URI source, Path target, String md5) {
        this.storage = storage;
        this.source = source;
        this.target = target;
        this.partial = new Path(target.getParent(), "." + target.getName() + ".partial");
        this.md5 = md5;
    }

    void execute() {
        HttpResponse<InputStream> response = request(arrived());
        if (response.statusCode() == RANGE_NOT_SATISFIABLE) {
            // What lies there is no beginning of this file.
            close(response);
            storage.delete(partial);
            response = request(0);
        }
        save(response);
        requireChecksum();
        storage.rename(partial, target);
    }

    private long arrived() {
        return storage.status(partial).map(FileStatus::getLen).orElse(0L);
    }

    private HttpResponse<InputStream> request(long from) {
        HttpRequest.Builder request = HttpRequest.newBuilder(source).timeout(Duration.ofSeconds(60));
        if (from > 0) {
            request.header("Range", "bytes=" + from + "-");
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw refusal(
                    "the server cannot be reached (" + reason(e) + ")",
                    "Check the network connection, or name a mirror with --mirror");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while downloading " + source, e);
        }
    }

    private void save(HttpResponse<InputStream> response) {
        int status = response.statusCode();
        if (status != OK && status != PARTIAL_CONTENT) {
            close(response);
            throw refusal(
                    "the server answered " + status + (status == 404 ? " (not found)" : ""),
                    "Try later, or name a mirror with --mirror");
        }
        if (status == OK) {
            // The whole file again, whether or not a range was asked for.
            storage.delete(partial);
        }
        try (InputStream in = response.body();
                OutputStream out = storage.append(partial)) {
            in.transferTo(out);
        } catch (IOException e) {
            throw refusal(
                    "the connection broke after " + arrived() + " bytes (" + reason(e) + ")",
                    "Run the command again: it goes on from there");
        }
    }

    private void requireChecksum() {
        String found = DataFile.of(storage, partial).md5();
        if (!found.equals(md5)) {
            storage.delete(partial);
            throw refusal(
                    "what arrived has MD5 " + found + ", not " + md5,
                    "Run the command again, or name another mirror with --mirror");
        }
    }

    private static void close(HttpResponse<InputStream> response) {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new FileException("close", response.uri(), e);
        }
    }

    private UserException refusal(String reason, String remedy) {
        return new UserException("download " + source, reason, remedy);
    }

    /** The JDK's client leaves some messages empty. */
    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
