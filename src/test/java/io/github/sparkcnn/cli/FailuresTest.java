package io.github.sparkcnn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkcnn.FileException;
import io.github.sparkcnn.UserException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.util.stream.Stream;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.hadoop.security.AccessControlException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What files are denied for is the user's to change, and one line; what fails otherwise has its trace. */
class FailuresTest {

    private static final String FILE = "hdfs://host:8020/run";

    private final StringWriter err = new StringWriter();

    @Command(name = "sparkcnn")
    private static final class Nothing {}

    @Test
    void aTicketIsMissing() {
        IOException unknown = new IOException(
                "DestHost:destPort host:8020 , LocalHost:localPort vm/127.0.0.1:0. Failed on local exception",
                new IOException(new AccessControlException("Client cannot authenticate via:[TOKEN, KERBEROS]")));

        assertThat(report(cannot("look at", unknown))).isEqualTo(2);
        assertThat(err)
                .hasToString(
                        "Cannot look at hdfs://host:8020/run: Client cannot authenticate via:[TOKEN, KERBEROS]."
                                + " Get a ticket with kinit, or name a keytab in front of the command, which standalone clusters"
                                + " make no use of: --conf spark.kerberos.principal=NAME@REALM --conf spark.kerberos.keytab=FILE.\n");
    }

    @Test
    void aTaskMayNotRead() {
        IOException denied =
                new AccessControlException("Permission denied: user=bob, access=READ, inode=\"/run\"\n\tat X");

        assertThat(report(new IllegalStateException(
                        "Job aborted: Lost task 0.3 in stage 1.0 (TID 4) (10.0.0.7 executor 2): X",
                        cannot("open", denied))))
                .isEqualTo(2);
        assertThat(err)
                .hasToString(
                        "Cannot open hdfs://host:8020/run: Permission denied: user=bob, access=READ, inode=\"/run\","
                                + " on 10.0.0.7. Name a place that you have access to, or ask for access.\n");
    }

    @Test
    void sparkMayNotReadForUs() {
        assertThat(report(new IllegalStateException(new AccessControlException("Permission denied: user=bob"))))
                .isEqualTo(2);
        assertThat(err)
                .hasToString("Cannot use the file system: Permission denied: user=bob."
                        + " Name a place that you have access to, or ask for access.\n");
    }

    @Test
    void aLocalFileMayNotBeReadOrWritten() {
        assertThat(report(cannot("open", new FileNotFoundException("/a/b.csv (Permission denied)"))))
                .isEqualTo(2);
        assertThat(report(cannot("write", new AccessDeniedException("/a/c")))).isEqualTo(2);
        assertThat(err)
                .hasToString("Cannot open hdfs://host:8020/run: /a/b.csv (Permission denied)."
                        + " Name a place that you have access to, or ask for access.\n"
                        + "Cannot write hdfs://host:8020/run: permission denied: /a/c."
                        + " Name a place that you have access to, or ask for access.\n");
    }

    @Test
    void nobodyIsThere() {
        IOException refused = new ConnectException("Call From vm/127.0.0.1 to host:8020 failed on connection exception:"
                + " java.net.ConnectException: Connection refused; For more details see:  http://wiki.example.org/");

        assertThat(report(cannot("look at", refused))).isEqualTo(2);
        assertThat(report(new IllegalArgumentException(new UnknownHostException("hots"))))
                .isEqualTo(2);
        assertThat(err)
                .hasToString("Cannot look at hdfs://host:8020/run: Call From vm/127.0.0.1 to host:8020 failed on"
                        + " connection exception: java.net.ConnectException: Connection refused. See that the address is"
                        + " right and that its service runs. A run that had begun goes on with --resume.\n"
                        + "Cannot use the file system: no such host is known: hots. See that the address is right.\n");
    }

    static Stream<Exception> noMistakes() {
        return Stream.of(
                new IllegalStateException("a worker is lost", new ConnectException("Connection refused")),
                new IllegalStateException("no address of this machine's", new UnknownHostException("vm")),
                new IllegalStateException(new FileNotFoundException("/tmp/blockmgr")),
                cannot("open", new FileNotFoundException("/a (Too many open files)")),
                cannot("open", new IOException("a block is missing")));
    }

    @ParameterizedTest
    @MethodSource("noMistakes")
    void whatIsNoMistakeHasItsTrace(Exception thrown) {
        assertThat(report(thrown)).isEqualTo(1);
        assertThat(err.toString())
                .startsWith(thrown.getClass().getName() + ": ")
                .contains("\n\tat ")
                .endsWith("\nFailed: " + ExceptionUtils.getRootCauseMessage(thrown) + "\n");
    }

    @Test
    void aMistakeThatIsNamedComesFirst() {
        UserException named = new UserException("read it", "it is none", "Name another");

        assertThat(report(new IllegalStateException(named))).isEqualTo(2);
        assertThat(err).hasToString("Cannot read it: it is none. Name another.\n");
    }

    private static FileException cannot(String verb, IOException cause) {
        return new FileException(verb, FILE, cause);
    }

    private int report(Exception thrown) {
        CommandLine command = new CommandLine(new Nothing()).setErr(new PrintWriter(err));
        return Failures.report(thrown, command, command.parseArgs());
    }
}
