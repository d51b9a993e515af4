package io.github.sparkcnn.allreduce.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.allreduce.transport.Message;
import io.github.sparkcnn.allreduce.transport.RunAttempt;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;
import org.apache.spark.network.client.TransportResponseHandler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Before it has a seat a worker hears nobody, and never what is meant for the driver. */
class RingHandlerTest {

    private final RingHandler handler = new RingHandler(LocalRing.RUN);
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final TransportClient client = new TransportClient(channel, new TransportResponseHandler(channel));
    private final Answers answers = new Answers();

    private static final class Answers implements RpcResponseCallback {
        private final List<Object> all = new ArrayList<>();

        @Override
        public void onSuccess(ByteBuffer response) {
            all.add(response);
        }

        @Override
        public void onFailure(Throwable e) {
            all.add(e);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Message.Kind.class,
            names = {"SEGMENTS", "PING"})
    void aRequestOfAStrangerIsRefused(Message.Kind kind) {
        assertThatThrownBy(() -> handler.receive(client, Message.of(kind), answers))
                .isInstanceOf(SecurityException.class)
                .hasMessageStartingWith("a stranger: ");
        assertThat(answers.all).isEmpty();
    }

    @Test
    void aMessageOfAStrangerIsRefused() {
        assertThatThrownBy(() -> handler.receive(client, Message.of(Message.Kind.BYE)))
                .isInstanceOf(SecurityException.class)
                .hasMessageStartingWith("a stranger: ");
    }

    @Test
    void aSegmentOfAStrangerIsRefused() {
        assertThatThrownBy(() -> handler.receiveStream(client, ByteBuffer.allocate(64), answers))
                .isInstanceOf(SecurityException.class)
                .hasMessageStartingWith("a stranger: ");
    }

    @ParameterizedTest
    @EnumSource(
            value = Message.Kind.class,
            mode = Mode.EXCLUDE,
            names = {"HELLO", "SEGMENTS", "PING"})
    void aRequestThatIsMeantForSomebodyElseIsRefused(Message.Kind kind) {
        handler.receive(client, Message.of(kind), answers);

        assertThat(answers.all)
                .singleElement()
                .isInstanceOf(IllegalArgumentException.class)
                .hasToString("java.lang.IllegalArgumentException: not for a worker");
    }

    @Test
    void whoNamesAnotherRunIsRefused() {
        handler.receive(
                client,
                Message.of(Message.Kind.HELLO, out -> {
                    out.writeLong(5);
                    new RunAttempt("run-2", 0).write(out);
                    out.writeInt(0);
                    out.writeBoolean(false);
                }),
                answers);

        assertThat(answers.all)
                .singleElement()
                .isInstanceOf(SecurityException.class)
                .asString()
                .contains("run-2", "run-1");
    }
}
