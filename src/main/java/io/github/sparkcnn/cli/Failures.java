package io.github.sparkcnn.cli;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.Visible;
import java.io.FileNotFoundException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.hadoop.security.AccessControlException;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** The one place where exceptions become text and exit codes: 2 with one line for the user's mistakes, 1 for the rest. */
final class Failures {

    private static final int USER_MISTAKE = 2;
    private static final int FAILURE = 1;

    private Failures() {}

    /** Runs a command; picocli hands exceptions to the handler, and errors such as a lack of memory only in disguise. */
    static int handed(ParseResult parsed) {
        try {
            return new RunLast().execute(parsed);
        } catch (Error e) {
            throw new ExecutionException(parsed.commandSpec().commandLine(), "while running the command", e);
        }
    }

    /** Reports what a command threw, also from within a Spark task. */
    static int report(Exception exception, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        Optional<UserException> mistake = Optional.ofNullable(
                        ExceptionUtils.throwableOfType(exception, UserException.class))
                .or(() -> Denial.in(exception));
        if (mistake.isPresent()) {
            err.println(mistake.get().getMessage());
            err.flush();
            return USER_MISTAKE;
        }
        exception.printStackTrace(err);
        err.println("Failed: " + ExceptionUtils.getRootCauseMessage(exception));
        err.flush();
        return FAILURE;
    }

    /** Reports a command line that picocli does not understand. */
    static int report(ParameterException exception, String[] args) {
        CommandLine command = exception.getCommandLine();
        String reason = exception.getMessage().replaceAll("\\s+", " ").replaceAll("\\.$", "");
        PrintWriter err = command.getErr();
        err.println("Cannot run " + command.getCommandSpec().qualifiedName() + ": " + reason
                + ". Add --help to see what it takes.");
        err.flush();
        return USER_MISTAKE;
    }

    /** Why a file system let somebody read or write nothing, where that is for the user to change: permissions, tickets, addresses. */
    private static final class Denial {

        private static final String ACTION = "cannot ";
        /** With which a service that wants tickets turns away who has none, or has one of another's. */
        private static final List<String> NO_TICKET = List.of(
                "Client cannot authenticate via",
                "SIMPLE authentication is not enabled",
                "No valid credentials provided");

        private Denial() {}

        /** The line for the user, if what was thrown came of one. */
        static Optional<UserException> in(Throwable thrown) {
            List<Throwable> chain = ExceptionUtils.getThrowableList(thrown);
            for (Throwable cause : chain) {
                Optional<String> remedy = remedy(cause, chain);
                if (remedy.isPresent()) {
                    return Optional.of(new UserException(action(chain), reason(cause), remedy.get()));
                }
            }
            return Optional.empty();
        }

        private static Optional<String> remedy(Throwable cause, List<Throwable> chain) {
            String said = Visible.firstLine(cause);
            if (cause instanceof AccessControlException && NO_TICKET.stream().anyMatch(said::contains)) {
                return Optional.of("Get a ticket with kinit, or name a keytab in front of the command: "
                        + "--conf spark.kerberos.principal=NAME@REALM --conf spark.kerberos.keytab=FILE");
            }
            if (cause instanceof AccessControlException || cause instanceof AccessDeniedException) {
                return Optional.of("Name a place that you have access to, or ask for access");
            }
            if (cause instanceof UnknownHostException || (isOfStorage(chain) && isConnection(cause))) {
                return Optional.of("See that the address is right and that its service runs");
            }
            // Of a file that was found before: Java has no other exception for one that may not be read.
            return isOfStorage(chain) && cause instanceof FileNotFoundException
                    ? Optional.of("See that it is there and that you may read it")
                    : Optional.empty();
        }

        private static boolean isConnection(Throwable cause) {
            return cause instanceof ConnectException
                    || cause instanceof NoRouteToHostException
                    || cause instanceof SocketTimeoutException;
        }

        /** Whether somebody wanted a file, and no worker another. */
        private static boolean isOfStorage(List<Throwable> chain) {
            return actions(chain).findAny().isPresent();
        }

        private static String action(List<Throwable> chain) {
            return actions(chain).findFirst().orElse("use the file system");
        }

        /** What was to be done, as in {@code cannot open hdfs://host/file: reason}. */
        private static Stream<String> actions(List<Throwable> chain) {
            return chain.stream()
                    .filter(UncheckedIOException.class::isInstance)
                    .map(Visible::firstLine)
                    .filter(said -> said.startsWith(ACTION) && said.contains(": "))
                    .map(said -> said.substring(ACTION.length(), said.indexOf(": ")));
        }

        private static String reason(Throwable cause) {
            return Visible.firstLine(cause)
                    .replaceAll("; For more details see: .*|\\.$", "")
                    .strip();
        }
    }
}
