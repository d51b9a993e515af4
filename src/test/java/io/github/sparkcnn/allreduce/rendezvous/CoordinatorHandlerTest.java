package io.github.sparkcnn.allreduce.rendezvous;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.allreduce.ring.LocalRing;
import io.github.sparkcnn.allreduce.transport.Message;
import io.github.sparkcnn.allreduce.transport.RunAttempt;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.apache.spark.network.client.StreamCallbackWithID;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.client.TransportResponseHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What a driver is asked that it does not answer. */
class CoordinatorHandlerTest {

    private static final String RUN = "run-1";

    private final Coordinator coordinator =
            Coordinator.start(LocalRing.plain(Duration.ofSeconds(5)), RUN, (caller, type, payload) -> {
                throw new AssertionError("was called");
            });
    private final CoordinatorHandler handler = new CoordinatorHandler(coordinator);
    private final TransportClient client = client();
    private final Answer answer = new Answer();

    private static TransportClient client() {
        EmbeddedChannel channel = new EmbeddedChannel();
        return new TransportClient(channel, new TransportResponseHandler(channel));
    }

    @AfterEach
    void close() {
        coordinator.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Message.Kind.class,
            mode = Mode.EXCLUDE,
            names = {"REGISTER", "CALL"})
    void refusesWhatIsMeantForAWorker(Message.Kind kind) {
        handler.receive(client, Message.of(kind), answer);

        assertThatThrownBy(() -> answer.await("listen", 1000, () -> false))
                .isInstanceOf(DriverCallException.class)
                .hasMessage("the driver refused to listen: not for the driver");
    }

    @Test
    void refusesACallWhosePayloadHasNotCome() {
        assertThatThrownBy(() -> handler.receive(client, call(), answer))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a call whose payload has not come");
    }

    /** It comes by the connection that the call comes by, and goes with it. */
    @Test
    void takesNobodyElsesPayload() throws Exception {
        TransportClient owner = client();
        StreamCallbackWithID theirs = handler.receiveStream(
                owner,
                Message.bytes(out -> {
                    out.writeUTF("count");
                    out.writeInt(0);
                }),
                answer);
        theirs.onComplete(theirs.getID());

        assertThatThrownBy(() -> handler.receive(client, call(), answer))
                .hasMessage("a call whose payload has not come");

        handler.receive(owner, call(), answer);
        assertThatThrownBy(() -> answer.await("listen", 1000, () -> false))
                .isInstanceOf(DriverCallException.class)
                .hasMessageContaining("refused");
    }

    private static ByteBuffer call() {
        return Message.of(Message.Kind.CALL, out -> {
            new RunAttempt(RUN, 0).write(out);
            out.writeInt(0);
            out.writeBoolean(false);
        });
    }
}
