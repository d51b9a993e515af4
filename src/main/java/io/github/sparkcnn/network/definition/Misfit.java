package io.github.sparkcnn.network.definition;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.Visible;

/** What is wrong with a user's network, without saying where the network is from. */
final class Misfit extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String remedy;

    Misfit(String reason, String remedy) {
        super(reason);
        this.remedy = remedy;
    }

    /** What Deeplearning4j says in several lines, in one. */
    static Misfit of(String what, Throwable e, String remedy) {
        String reason = Visible.firstLine(e);
        return new Misfit(what + ": " + reason.replaceAll("\\.$", ""), remedy);
    }

    UserException in(String action) {
        return new UserException(action, getMessage(), remedy);
    }
}
