package io.github.sparkcnn.track.mlflow;

import io.github.sparkcnn.Visible;
import io.github.sparkcnn.io.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;

/** Where a run's artifacts are written: through the tracking server, or to a file system that Hadoop knows. */
final class ArtifactPlaces {

    private static final String PROXY = "/api/2.0/mlflow-artifacts/artifacts/";

    private static final int FOLDERS_BELOW_ROOT = 3;

    private final Server server;
    private final Storage storage;

    ArtifactPlaces(Server server, Storage storage) {
        this.server = server;
        this.storage = storage;
    }

    /**
     * Writes a file below a run's place.
     *
     * @param place {@code mlflow-artifacts:/0/RUN/artifacts}, {@code s3://…}, {@code file:///…}, a path
     * @param path with slashes between the folders
     */
    void put(String place, String path, Content content) throws IOException {
        URI uri = parse(place);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        switch (scheme) {
            case "mlflow-artifacts" -> send(proxied(uri, path), place, content);
            case "http", "https" -> send(below(uri.toString(), path), place, content);
            case "s3" -> write(new Path("s3a" + place.substring(scheme.length())), path, content);
            case "", "file" -> write(local(uri), path, content);
            default -> write(new Path(place), path, content);
        }
    }

    private URI proxied(URI place, String path) {
        String folder = place.getRawPath() == null ? "" : place.getRawPath().replaceAll("^/+", "");
        String host = place.getRawAuthority();
        String home = host == null ? server.at("").toString() : server.home().getScheme() + "://" + host;
        return below(home + PROXY + folder, path);
    }

    private static URI below(String folder, String path) {
        return URI.create(folder.replaceAll("/+$", "") + "/" + encoded(path));
    }

    private static String encoded(String path) {
        return Arrays.stream(path.split("/", -1))
                .map(name -> URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
    }

    private void send(URI address, String place, Content content) throws IOException {
        if (!server.owns(address)) { // another's, which is not to hear who asks
            throw unreachable(place, "is another server's than " + server.home(), null);
        }
        try {
            server.put(address, content);
        } catch (RefusedException e) {
            throw unreachable(place, "the server does not take: " + e.getMessage(), e);
        }
    }

    /**
     * A folder of the machine that the server runs on: this one, or one that has it too. A server on localhost may be another machine's
     * behind a tunnel: its folder is not created here.
     */
    private Path local(URI place) throws UnreachableException {
        String folder = place.getPath();
        if (folder == null || !folder.startsWith("/")) {
            throw unreachable(place.toString(), "is relative to wherever the server was started", null);
        }
        Path path = new Path("file", null, folder);
        if (!storage.exists(root(path))) {
            throw unreachable(place.toString(), "is a folder of the server's machine that is not here", null);
        }
        return path;
    }

    /** Of {@code ROOT/EXPERIMENT/RUN/artifacts}. */
    private static Path root(Path artifacts) {
        Path root = artifacts;
        for (int up = 0; up < FOLDERS_BELOW_ROOT && root.getParent() != null; up++) {
            root = root.getParent();
        }
        return root;
    }

    private void write(Path place, String path, Content content) throws UnreachableException {
        Path file = place;
        for (String name : path.split("/", -1)) {
            file = Storage.in(file, name);
        }
        try {
            storage.write(file, out -> {
                try (InputStream in = content.stream().get()) {
                    in.transferTo(out);
                }
            });
        } catch (RuntimeException e) { // Hadoop has several for a file system that is not there
            throw unreachable(place.toString(), "cannot be written: " + Visible.firstLine(e), e);
        }
    }

    private static URI parse(String place) throws UnreachableException {
        try {
            return new URI(place);
        } catch (URISyntaxException e) {
            throw unreachable(place, "is no URI", e);
        }
    }

    private static UnreachableException unreachable(String place, String reason, Throwable cause) {
        return new UnreachableException((place.isEmpty() ? "the server's place" : place) + " " + reason, cause);
    }
}
