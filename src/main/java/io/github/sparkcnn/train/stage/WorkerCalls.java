package io.github.sparkcnn.train.stage;

import io.github.sparkcnn.allreduce.rendezvous.DriverLink;
import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.track.EpochProgress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.spark.TaskKilledException;

/**
 * A worker's end of a stage that stays: asks the driver what to do, and brings it the results.
 *
 * @param cancelled whether Spark has given the worker's task up; every call then ends with a TaskKilledException
 */
public record WorkerCalls(DriverLink driver, BooleanSupplier cancelled) {

    /** Waits for the order behind the last one, or for the first; empty when there is nothing more to do. */
    public Optional<WorkOrder> next(Optional<WorkOrder> last) {
        while (true) {
            ByteBuffer answer = call(
                    WorkCall.NEXT, WorkCall.number(last.map(WorkOrder::number).orElse(WorkCall.NONE)));
            WorkCall.Reply reply = WorkCall.Reply.of(answer);
            if (reply != WorkCall.Reply.WAIT) {
                return reply == WorkCall.Reply.END ? Optional.empty() : Optional.of(WorkOrder.read(answer));
            }
        }
    }

    /** Fetches the state that the order starts from. */
    public NetworkState start(WorkOrder order) {
        return StateBytes.read(call(WorkCall.START, WorkCall.number(order.number())));
    }

    /** Brings the state that training came to; one worker does, before its report. */
    public void trained(WorkOrder order, NetworkState state) {
        call(WorkCall.TRAINED, WorkCall.numbered(order.number(), StateBytes.of(state)));
    }

    /** Brings a part of the epoch, after which all workers hold the same state; one worker does. */
    public void trainedPart(WorkOrder order, TrainedPart part) {
        call(WorkCall.PART, WorkCall.numbered(order.number(), part.bytes()));
    }

    /** Brings this worker's report: the order is done. */
    public void done(WorkOrder order, byte[] report) {
        call(WorkCall.DONE, WorkCall.numbered(order.number(), ByteBuffer.wrap(report)));
    }

    /** Tells how far the workers are in the epoch. */
    public void progressed(EpochProgress progress) {
        call(WorkCall.PROGRESS, WorkCall.progress(progress));
    }

    /** Ends the task when Spark has given it up. */
    public void requireWanted() {
        if (cancelled.getAsBoolean()) {
            throw new TaskKilledException("the stage is being repeated");
        }
    }

    private ByteBuffer call(WorkCall call, ByteBuffer payload) {
        requireWanted();
        try {
            return driver.call(call.type(), payload, cancelled);
        } finally {
            requireWanted();
        }
    }
}
