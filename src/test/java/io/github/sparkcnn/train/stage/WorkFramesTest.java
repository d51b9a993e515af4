package io.github.sparkcnn.train.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkcnn.allreduce.transport.Message;
import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.track.LossPoint;
import io.github.sparkcnn.track.PartOfEpoch;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in the frames comes back, and no number in one makes room for what is not there. */
class WorkFramesTest {

    private static final PartOfEpoch PART = new PartOfEpoch(7, 3.5, 21, 1.5, List.of(new LossPoint(3, 9, 2.5)));
    private static final WorkOrder.Start START = new WorkOrder.Start(1, 10, 2);

    @Test
    void anOrderComesBack() {
        WorkOrder order = WorkOrder.read(
                WorkOrder.train(3, START, 2, new double[] {1, 0.5}, PART).bytes());

        assertThat(order.factors()).containsExactly(1, 0.5);
        assertThat(order.before()).isEqualTo(PART);
        assertThat(order.start()).isEqualTo(START);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, 3, 1 << 28, Integer.MAX_VALUE})
    void anOrderHasNoMoreFactorsThanBytes(int factors) {
        ByteBuffer order = Message.bytes(out -> {
            out.writeInt(3);
            out.writeUTF("TRAIN");
            for (int field = 0; field < 4; field++) { // the start, and the epoch
                out.writeInt(0);
            }
            out.writeInt(factors);
            out.writeDouble(1);
            out.writeDouble(0.5);
        });

        assertThatThrownBy(() -> WorkOrder.read(order))
                .isInstanceOf(IllegalArgumentException.class)
                .hasRootCauseMessage(factors + " elements of 8 bytes in 16");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 2, Integer.MAX_VALUE})
    void aPartHasNoMorePointsThanBytes(int points) {
        NetworkState state = new NetworkState(new float[] {1}, new float[0], 1, 1);
        ByteBuffer part = new TrainedPart(PART, state).bytes();
        part.putInt(2 * Integer.BYTES + 3 * Long.BYTES, points);

        assertThatThrownBy(() -> TrainedPart.read(part))
                .isInstanceOf(IllegalArgumentException.class)
                .hasRootCauseMessage(points + " elements of 20 bytes in 20");
    }

    @Test
    void whatIsCutOffIsSaidToBe() {
        assertThatThrownBy(() -> WorkCall.number(ByteBuffer.allocate(3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a call without the number of its order");
        assertThatThrownBy(() -> WorkCall.Reply.of(ByteBuffer.allocate(0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an answer without a reply");
    }
}
