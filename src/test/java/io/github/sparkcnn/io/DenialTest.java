package io.github.sparkcnn.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.sparkcnn.FileException;
import io.github.sparkcnn.UserException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.List;
import javax.security.sasl.SaslException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.ipc.RemoteException;
import org.apache.hadoop.security.AccessControlException;
import org.ietf.jgss.GSSException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What Hadoop's file systems say for themselves, and what becomes of it. */
class DenialTest {

    private final Storage storage = Storage.ofLocalMaster(impatient());

    private static Configuration impatient() {
        Configuration configuration = new Configuration();
        configuration.set("ipc.client.connect.max.retries", "0");
        return configuration;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nosuch://host/x               | No FileSystem for scheme "nosuch". Write another scheme, or add the jar that has it: --conf spark.jars=FILE before the command.
            hdfs:///x                     | Incomplete HDFS URI, no host: hdfs:///x. Write hdfs://HOST:PORT/…, or set HADOOP_CONF_DIR to the folder with core-site.xml.
            hdfs://no-such-host.invalid/x | no such host is known: no-such-host.invalid. See that the address is right.
            """)
    void anAddressThatIsNone(String path, String line) {
        assertThat(denial(path)).endsWith(": " + line);
        assertThatThrownBy(() -> new NamedOutput(storage, new Path(path), "--output").requireWritable())
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("Cannot write ")
                .hasMessageEndingWith(": " + line);
    }

    @Test
    void anAddressWhereNobodyListens() {
        assertThat(denial("hdfs://127.0.0.1:1/x"))
                .startsWith("Cannot look at hdfs://127.0.0.1:1/x: Call From ")
                .endsWith("Connection refused. See that the address is right and that its service runs."
                        + " A run that had begun goes on with --resume.");
    }

    static List<IOException> tickets() {
        return List.of(
                new AccessControlException("Client cannot authenticate via:[TOKEN, KERBEROS]"),
                new AccessControlException("SIMPLE authentication is not enabled.  Available:[TOKEN, KERBEROS]"),
                new IOException("Couldn't set up the connection", new SaslException("GSS initiate failed")),
                new IOException("Couldn't set up the connection", new GSSException(GSSException.NO_CRED)),
                new RemoteException(
                        "org.apache.hadoop.security.token.SecretManager$InvalidToken", "token (…) is expired"));
    }

    @ParameterizedTest
    @MethodSource("tickets")
    void noTicketThatHolds(IOException cause) {
        assertThat(Denial.in(cannotOpen(cause)))
                .hasValueSatisfying(line -> assertThat(line.getMessage())
                        .startsWith("Cannot open hdfs://h/x: ")
                        .contains(". Get a ticket with kinit, or name a keytab in front of the command"));
    }

    /** Spark's own way of knowing each other is SASL too. */
    @Test
    void noFileWasWanted() {
        assertThat(Denial.in(new IllegalStateException(new SaslException("of Spark's"))))
                .isEmpty();
    }

    @Test
    void aFileThatOnlyTheDriverHas() {
        IOException notThere = new FileNotFoundException("File file:/data/x.csv does not exist");

        assertThat(Denial.in(cannotOpen(notThere))).isEmpty();
        assertThat(Denial.in(new IllegalStateException(
                        "Lost task 1.3 in stage 2.0 (TID 7) (worker-3 executor 0): …", cannotOpen(notThere))))
                .hasValueSatisfying(line -> assertThat(line)
                        .hasMessage("Cannot open hdfs://h/x: File file:/data/x.csv does not exist, on worker-3."
                                + " Put it where each machine finds it, or on a file system that all of them see."));
    }

    @Test
    void aNameThatReadsLikeAReason() {
        assertThat(Denial.in(
                        new FileException("read", "draft: final.csv", new AccessDeniedException("draft: final.csv"))))
                .hasValueSatisfying(line -> assertThat(line)
                        .hasMessageStartingWith("Cannot read draft: final.csv: permission denied: draft: final.csv. "));
    }

    private String denial(String path) {
        return Denial.in(catchThrowable(() -> storage.exists(new Path(path))))
                .orElseThrow()
                .getMessage();
    }

    private static FileException cannotOpen(IOException cause) {
        return new FileException("open", "hdfs://h/x", cause);
    }
}
