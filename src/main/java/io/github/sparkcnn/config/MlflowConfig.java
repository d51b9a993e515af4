package io.github.sparkcnn.config;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.keys.Keys;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The keys {@code tracking.mlflow.*}: a server of MLflow's, or a folder that one can be started on.
 *
 * @param uri {@code http://HOST:PORT}, {@code https://…} or {@code file:FOLDER}
 * @param experiment that runs belong to, created where there is none of that name
 * @param runName empty: the name of the run's folder
 */
public record MlflowConfig(URI uri, String experiment, Optional<String> runName) {

    private static final String KEY = "tracking.mlflow.uri";
    private static final String FILE = "file";
    private static final List<String> OF_SERVERS = List.of("http", "https");

    /** Empty where there is no uri: nothing is tracked then, whatever the environment says. */
    static Optional<MlflowConfig> of(Keys keys) {
        String experiment = keys.string("experiment");
        Optional<String> runName = keys.optionalString("run-name");
        return keys.optionalString("uri").map(uri -> new MlflowConfig(parse(uri.strip()), experiment, runName));
    }

    /** Whether runs are written to files, with no server in between. */
    public boolean isFolder() {
        return FILE.equals(scheme(uri));
    }

    /**
     * The folder that runs are written to, as it was given: one without a slash before it is the driver's.
     *
     * @throws IllegalStateException if {@link #isFolder} is false
     */
    public String folder() {
        if (!isFolder()) {
            throw new IllegalStateException("they go to " + uri);
        }
        return uri.isOpaque() ? uri.getSchemeSpecificPart() : uri.getPath();
    }

    private static URI parse(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            if (text.contains("@")) { // there may be a password in it
                throw wrong("is no URI");
            }
            throw wrong("is " + text + ", which is no URI (" + e.getReason() + ")");
        }
        String scheme = scheme(uri);
        if (uri.getRawUserInfo() != null
                || String.valueOf(uri.getRawAuthority()).contains("@")) {
            throw new UserException(
                    "use the configuration",
                    KEY + " has a user or a password in it",
                    "Give them by the environment, as MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD");
        }
        if (OF_SERVERS.contains(scheme)) {
            return server(uri, text);
        }
        if (FILE.equals(scheme)) {
            return folder(uri, text);
        }
        throw wrong(scheme.isEmpty() ? "is " + text + ", which has no scheme" : "has the scheme " + scheme);
    }

    private static URI server(URI uri, String text) {
        if (uri.getHost() == null) {
            throw wrong("is " + text + ", which names no host");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw wrong("has a query or a fragment behind its path"); // in which some keep a secret
        }
        return uri;
    }

    private static URI folder(URI uri, String text) {
        boolean isHere = uri.getRawAuthority() == null || uri.getRawAuthority().equals("localhost");
        String path = uri.isOpaque() ? uri.getSchemeSpecificPart() : uri.getPath();
        if (!isHere || path == null || path.isBlank()) {
            throw wrong("is " + text + (isHere ? ", which names no folder" : ", a folder of another machine"));
        }
        return uri;
    }

    private static String scheme(URI uri) {
        return uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    }

    private static UserException wrong(String what) {
        return new UserException(
                "use the configuration", KEY + " " + what, "Set it to http://HOST:PORT, https://HOST or file:FOLDER");
    }
}
