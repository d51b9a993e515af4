package io.github.sparkcnn.allreduce.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.UserException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.network.server.NoOpRpcHandler;
import org.junit.jupiter.api.Test;

class TransportTest {

    @Test
    void listensOnTheNextPortWhereTheFirstIsTaken() throws IOException {
        try (ServerSocket taken = taken();
                Transport.Endpoint first = transport(taken.getLocalPort(), 16).open(new NoOpRpcHandler());
                Transport.Endpoint second = transport(taken.getLocalPort(), 16).open(new NoOpRpcHandler())) {
            assertThat(first.port()).isBetween(taken.getLocalPort() + 1, taken.getLocalPort() + 15);
            assertThat(second.port()).isBetween(first.port() + 1, taken.getLocalPort() + 16);
        }
    }

    @Test
    void saysThatAllPortsAreTaken() throws IOException {
        try (ServerSocket taken = taken()) {
            int port = taken.getLocalPort();

            assertThatThrownBy(() -> transport(port, 0).open(new NoOpRpcHandler()))
                    .isInstanceOf(UserException.class)
                    .hasMessageStartingWith("Cannot listen on 127.0.0.1: spark.allreduce.port is " + port
                            + ", and this port and the next 0 are taken (")
                    .hasMessageEndingWith(
                            "). Set spark.allreduce.port to 0 for any free port, or raise spark.port.maxRetries.");
        }
    }

    @Test
    void saysThatMemoryIsSharedOrNot() {
        assertThat(sharing(new SparkConf(false))).isTrue();
        assertThat(sharing(new SparkConf(false).set("spark.allreduce.shared-memory", "false")))
                .isFalse();
        assertThatThrownBy(() -> sharing(new SparkConf(false).set("spark.allreduce.shared-memory", "off")))
                .isInstanceOf(UserException.class)
                .hasMessage(
                        "Cannot average between workers: spark.allreduce.shared-memory is off. Set it to true or false.");
    }

    private static boolean sharing(SparkConf conf) {
        return new Transport(conf, Optional.empty(), Optional.empty(), "127.0.0.1", "127.0.0.1", Duration.ofSeconds(5))
                .sharesMemory();
    }

    private static ServerSocket taken() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private static Transport transport(int port, int retries) {
        SparkConf conf = new SparkConf(false)
                .set("spark.allreduce.port", Integer.toString(port))
                .set("spark.port.maxRetries", Integer.toString(retries));
        return new Transport(conf, Optional.empty(), Optional.empty(), "127.0.0.1", "127.0.0.1", Duration.ofSeconds(5));
    }
}
