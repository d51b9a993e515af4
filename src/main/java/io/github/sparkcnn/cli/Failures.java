package io.github.sparkcnn.cli;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.io.Denial;
import java.io.PrintWriter;
import java.util.Optional;
import org.apache.commons.lang3.exception.ExceptionUtils;
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
}
