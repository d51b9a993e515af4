package io.github.sparkcnn.train.stage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.Visible;
import io.github.sparkcnn.allreduce.rendezvous.CallHandler;
import io.github.sparkcnn.allreduce.transport.Message;
import io.github.sparkcnn.fuzz.OutsideReader;
import io.github.sparkcnn.io.Json;
import io.github.sparkcnn.network.NetworkState;
import io.github.sparkcnn.track.EpochProgress;
import io.github.sparkcnn.track.LossPoint;
import io.github.sparkcnn.track.PartOfEpoch;
import io.github.sparkcnn.track.TrainedEpoch;
import io.github.sparkcnn.track.WorkerTimes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** What driver and workers of a stage that stays have in the frames between them. */
public record FuzzedWork(Frame frame) implements OutsideReader {
    private static final NetworkState STATE = new NetworkState(new float[] {1, 2}, new float[] {3}, 10, 1);
    private static final PartOfEpoch PART =
            new PartOfEpoch(7, 3.5, 21, 1.5, List.of(new LossPoint(3, 9, 2.5), new LossPoint(6, 18, 3)));
    private static final WorkOrder ORDER =
            WorkOrder.train(0, new WorkOrder.Start(1, 10, 1), 1, new double[] {1, 0.5, 0.25}, PART);

    /** What is thrown at. */
    public enum Frame {
        /** A worker's call, with its type in front. */
        CALL,
        /** The driver's answer to the call for what is next. */
        ORDER,
        /** A part of an epoch. */
        PART,
        /** A network's state. */
        STATE,
        /** A worker's report of an epoch. */
        REPORT
    }

    @Override
    public String name() {
        return "work-" + frame.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<byte[]> seeds() {
        return switch (frame) {
            case CALL ->
                List.of(
                        call(WorkCall.NEXT, WorkCall.number(WorkCall.NONE)),
                        call(WorkCall.START, WorkCall.number(0)),
                        call(WorkCall.TRAINED, WorkCall.numbered(0, StateBytes.of(STATE))),
                        call(WorkCall.PART, WorkCall.numbered(0, new TrainedPart(PART, STATE).bytes())),
                        call(WorkCall.DONE, WorkCall.numbered(0, ByteBuffer.allocate(3))),
                        call(WorkCall.DONE, ByteBuffer.allocate(3)),
                        call(WorkCall.PROGRESS, WorkCall.progress(new EpochProgress(9, 2.5))));
            case ORDER ->
                List.of(
                        bytes(WorkCall.Reply.ORDER.with(ORDER.bytes())),
                        withFactors(Integer.MAX_VALUE),
                        withFactors(-1),
                        bytes(WorkCall.Reply.ORDER.with(WorkOrder.evaluate(3, new WorkOrder.Start(1, 10, 1))
                                .bytes())),
                        bytes(WorkCall.Reply.END.alone()),
                        new byte[0]);
            case PART -> List.of(bytes(new TrainedPart(PART, STATE).bytes()), withPoints(Integer.MAX_VALUE));
            case STATE -> List.of(bytes(StateBytes.of(STATE)));
            case REPORT ->
                Stream.of(Json.line(report()), "null", "{}")
                        .map(text -> text.getBytes(UTF_8))
                        .toList();
        };
    }

    private static TrainedEpoch report() {
        return new TrainedEpoch(
                3.5,
                21,
                PART.curve(),
                1.5,
                List.of(new WorkerTimes(1, 0.25, 0.125, 0.125)),
                List.of(),
                List.of("lost"));
    }

    private static byte[] call(WorkCall call, ByteBuffer payload) {
        return bytes(Message.bytes(out -> {
            out.writeUTF(call.type());
            out.write(bytes(payload));
        }));
    }

    private static byte[] withFactors(int count) {
        byte[] order = bytes(WorkCall.Reply.ORDER.with(ORDER.bytes()));
        int factors = 1 + Integer.BYTES + Short.BYTES + "TRAIN".length() + 4 * Integer.BYTES;
        ByteBuffer.wrap(order).putInt(factors, count);
        return order;
    }

    private static byte[] withPoints(int count) {
        byte[] part = bytes(new TrainedPart(PART, STATE).bytes());
        int points = 2 * Integer.BYTES + 3 * Long.BYTES;
        ByteBuffer.wrap(part).putInt(points, count);
        return part;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    @Override
    public List<String> words() {
        return Stream.concat(
                        Stream.of(WorkCall.values()).map(WorkCall::type),
                        Stream.of("TRAIN", "EVALUATE", "null", "[]", "\"curve\""))
                .toList();
    }

    @Override
    public void read(byte[] input) {
        ByteBuffer content = ByteBuffer.wrap(input);
        try {
            switch (frame) {
                case CALL -> handle(content);
                case ORDER -> {
                    if (WorkCall.Reply.of(content) == WorkCall.Reply.ORDER) {
                        WorkOrder.read(content).bytes();
                    }
                }
                case PART -> TrainedPart.read(content).bytes();
                case STATE -> StateBytes.of(StateBytes.read(content));
                case REPORT -> Json.read(input, TrainedEpoch.class).mean();
            }
        } catch (IllegalArgumentException
                | IllegalStateException
                | IOException e) { // refused, as DriverLink's callers hear
            throw new UserException("take what came", Visible.firstLine(e), "Send another");
        }
    }

    private static void handle(ByteBuffer content) {
        WorkOrders orders = new WorkOrders(2);
        CompletableFuture<WorkResults> done = orders.give(ORDER, STATE);
        Message.read(content, in -> {
            String type = in.readUTF();
            return orders.handle(new CallHandler.Caller(0, 1), type, ByteBuffer.wrap(in.readAllBytes()))
                    .isDone();
        });
        done.cancel(false);
    }
}
