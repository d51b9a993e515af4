package io.github.sparkcnn.io;

import io.github.sparkcnn.FileException;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.Visible;
import java.io.FileNotFoundException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.security.sasl.SaslException;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.security.KerberosAuthException;
import org.ietf.jgss.GSSException;

/** Why a file system did not do what it was asked to, where that is for the user to change: tickets, permissions, addresses. */
public final class Denial {

    /** With which a service that asks for tickets turns away who shows none. */
    private static final List<String> NO_TICKET =
            List.of("Client cannot authenticate via", "SIMPLE authentication is not enabled");
    /** Java has one exception for files that are not there and for files that may not be touched. */
    private static final String FORBIDDEN = "(Permission denied)";

    private static final Pattern EXECUTOR = Pattern.compile("\\((\\S+) executor \\w+\\)");

    private final List<Throwable> chain;

    private Denial(List<Throwable> chain) {
        this.chain = chain;
    }

    /** The line for the user, if what was thrown came of a denial: in this process, or in a task of Spark's. */
    public static Optional<UserException> in(Throwable thrown) {
        Denial denial = new Denial(ExceptionUtils.getThrowableList(thrown));
        return denial.chain.stream().flatMap(cause -> denial.by(cause).stream()).findFirst();
    }

    private Optional<UserException> by(Throwable cause) {
        String said = Visible.firstLine(cause);
        if (isOfTickets(cause, said)) {
            return line(
                    said,
                    "Get a ticket with kinit, or name a keytab in front of the command, which standalone clusters make no use of: "
                            + "--conf spark.kerberos.principal=NAME@REALM --conf spark.kerberos.keytab=FILE");
        }
        if (cause instanceof AccessControlException || (isOfFiles() && isForbidden(cause, said))) {
            return line(
                    cause instanceof AccessDeniedException ? "permission denied: " + said : said,
                    "Name a place that you have access to, or ask for access");
        }
        if (cause instanceof UnsupportedFileSystemException) {
            return line(
                    said,
                    "Write another scheme, or add the jar that has it: --conf spark.jars=FILE before the command");
        }
        if (said.startsWith("Incomplete HDFS URI")) {
            return line(said, "Write hdfs://HOST:PORT/…, or set HADOOP_CONF_DIR to the folder with core-site.xml");
        }
        if (cause instanceof UnknownHostException && isOfFiles(cause)) {
            return line("no such host is known: " + said, "See that the address is right");
        }
        if (isOfFiles() && isUnreachable(cause)) {
            return line(
                    said.replaceAll("; For more details see: .*", ""),
                    "See that the address is right and that its service runs. A run that had begun goes on with --resume");
        }
        return executor().isPresent() && isOfFiles() && cause instanceof FileNotFoundException
                ? line(said, "Put it where each machine finds it, or on a file system that all of them see")
                : Optional.empty();
    }

    private boolean isOfTickets(Throwable cause, String said) {
        return (cause instanceof AccessControlException && NO_TICKET.stream().anyMatch(said::contains))
                || (isOfFiles()
                        && (cause instanceof SaslException
                                || cause instanceof GSSException
                                || cause instanceof KerberosAuthException
                                || (cause instanceof RemoteException remote
                                        && remote.getClassName().endsWith("InvalidToken"))));
    }

    private static boolean isForbidden(Throwable cause, String said) {
        return cause instanceof AccessDeniedException
                || (cause instanceof FileNotFoundException && said.endsWith(FORBIDDEN));
    }

    private static boolean isUnreachable(Throwable cause) {
        return cause instanceof ConnectException
                || cause instanceof NoRouteToHostException
                || cause instanceof SocketTimeoutException;
    }

    /** Whether somebody wanted a file, and no worker another. */
    private boolean isOfFiles() {
        return actions().findAny().isPresent();
    }

    /** The same of a host: Hadoop says of a name node that it does not know before there is anything to read. */
    private boolean isOfFiles(Throwable unknownHost) {
        int at = chain.indexOf(unknownHost);
        return isOfFiles() || (at > 0 && chain.get(at - 1) instanceof IllegalArgumentException);
    }

    private Optional<UserException> line(String reason, String remedy) {
        return Optional.of(new UserException(
                actions().findFirst().orElse("use the file system"),
                reason.replaceAll("\\.$", "")
                        + executor().map(host -> ", on " + host).orElse(""),
                remedy));
    }

    /** What was to be done, with which files. */
    private Stream<String> actions() {
        return chain.stream()
                .filter(FileException.class::isInstance)
                .map(FileException.class::cast)
                .map(FileException::action);
    }

    /** The host whose task it was that failed, as Spark says it. */
    private Optional<String> executor() {
        return chain.stream()
                .map(Visible::firstLine)
                .flatMap(said -> EXECUTOR.matcher(said).results().map((MatchResult found) -> found.group(1)))
                .findFirst();
    }
}
