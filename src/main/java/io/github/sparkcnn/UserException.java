package io.github.sparkcnn;

/**
 * A mistake of the user's: one line <em>Cannot &lt;do X&gt;: &lt;reason with the value&gt;. &lt;What to change&gt;.</em>,
 * exit code 2.
 */
public final class UserException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Builds the message from its three parts, each without its full stop; control characters in them are written as Java writes them.
     *
     * @param action what could not be done, without "Cannot": {@code read train.csv}
     * @param reason why, with the offending value: {@code row 7 has 784 columns, not 785}
     * @param remedy what to change, naming the flag or key: {@code Remove the row or set data.malformed = drop}
     */
    public UserException(String action, String reason, String remedy) {
        super(Visible.line("Cannot " + action + ": " + reason + ". " + remedy + "."));
    }

    private UserException(String line) {
        super(line);
    }

    /** One that another process has made, whose message is all that has come here. */
    public static UserException told(String line) {
        return new UserException(line);
    }
}
