package io.github.sparkcnn.allreduce.ring;

import io.github.sparkcnn.Visible;
import io.github.sparkcnn.allreduce.Average;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.apache.spark.network.client.StreamCallbackWithID;

/** A segment on its way in, from a left neighbour into an averaging. */
final class IncomingSegment implements StreamCallbackWithID {
    private final Average.Incoming segment;
    private final Runnable arrived;
    private final Consumer<String> failed;

    /**
     * Expects a segment whose header the averaging has accepted.
     *
     * @param arrived called when it has been taken
     * @param failed called with the reason when it is not what was announced or does not come to its end
     */
    IncomingSegment(Average.Incoming segment, Runnable arrived, Consumer<String> failed) {
        this.segment = segment;
        this.arrived = arrived;
        this.failed = failed;
    }

    @Override
    public void onData(String id, ByteBuffer bytes) {
        guarded(() -> segment.data(bytes));
    }

    @Override
    public void onComplete(String id) {
        guarded(segment::end);
        arrived.run();
    }

    @Override
    public void onFailure(String id, Throwable cause) {
        failed.accept("its connection broke: " + Visible.firstLine(cause));
    }

    @Override
    public String getID() {
        return "segment";
    }

    private void guarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            failed.accept("sent nonsense: " + e.getMessage());
            throw e;
        }
    }
}
