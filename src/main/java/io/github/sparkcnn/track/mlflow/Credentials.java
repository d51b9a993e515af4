package io.github.sparkcnn.track.mlflow;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sparkcnn.UserException;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;

/** Who asks, as MLflow's own clients read it from the environment; told to the server alone, and never written anywhere. */
final class Credentials {

    static final String USER = "MLFLOW_TRACKING_USERNAME";
    static final String PASSWORD = "MLFLOW_TRACKING_PASSWORD";
    static final String TOKEN = "MLFLOW_TRACKING_TOKEN";

    private final Optional<String> header;

    private Credentials(Optional<String> header) {
        this.header = header;
    }

    /**
     * User and password where both are set, else the token.
     *
     * @throws UserException for a token that no header can hold
     */
    static Credentials of(Function<String, String> environment) {
        Optional<String> user = set(environment, USER);
        Optional<String> password = set(environment, PASSWORD);
        if (user.isPresent() && password.isPresent()) {
            byte[] pair = (user.get() + ":" + password.get()).getBytes(UTF_8);
            return new Credentials(Optional.of("Basic " + Base64.getEncoder().encodeToString(pair)));
        }
        return new Credentials(set(environment, TOKEN).map(Credentials::bearer));
    }

    private static String bearer(String token) {
        if (!token.strip().matches("[\\x21-\\x7e]+")) {
            throw new UserException(
                    "use the environment",
                    TOKEN + " has a blank in it, or a letter that no token has",
                    "Set it to the token alone");
        }
        return "Bearer " + token.strip();
    }

    private static Optional<String> set(Function<String, String> environment, String name) {
        return Optional.ofNullable(environment.apply(name)).filter(value -> !value.isBlank());
    }

    /** The value of the header {@code Authorization}. */
    Optional<String> header() {
        return header;
    }

    @Override
    public String toString() {
        return "credentials";
    }
}
