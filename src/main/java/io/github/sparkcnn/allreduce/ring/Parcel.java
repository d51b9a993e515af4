package io.github.sparkcnn.allreduce.ring;

import io.github.sparkcnn.allreduce.SegmentHeader;
import io.github.sparkcnn.allreduce.memory.MemoryOut;
import io.github.sparkcnn.allreduce.transport.Message;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.network.buffer.NioManagedBuffer;
import org.apache.spark.network.client.RpcResponseCallback;
import org.apache.spark.network.client.TransportClient;

/** What one message to a right neighbour is about: a segment, or several that are in shared memory. */
interface Parcel {

    int segments();

    /** The answer comes when the neighbour has taken them. */
    void send(TransportClient client, RpcResponseCallback answer);

    /** The answer has come. */
    void taken();

    /** Floats that go over the network; their memory is read until the answer comes or the connection is closed. */
    record Upload(SegmentHeader header, ByteBuffer floats) implements Parcel {

        @Override
        public int segments() {
            return 1;
        }

        @Override
        public void send(TransportClient client, RpcResponseCallback answer) {
            client.uploadStream(new NioManagedBuffer(header.encode()), new NioManagedBuffer(floats), answer);
        }

        @Override
        public void taken() {
            // the floats lie where they lay
        }
    }

    /** Segments in shared memory: their headers, and where they are, go over the network. */
    final class InMemory implements Parcel {
        /** A message and its answer cost about as much as to copy a segment: a megabyte shares them. */
        private static final int MOST = 4;

        private final MemoryOut memory;
        private final List<Placed> placed = new ArrayList<>(MOST);

        private record Placed(int slot, int bytes, ByteBuffer header) {}

        InMemory(MemoryOut memory) {
            this.memory = memory;
        }

        void add(int slot, int bytes, SegmentHeader header) {
            placed.add(new Placed(slot, bytes, header.encode()));
        }

        boolean isFull() {
            return placed.size() == MOST;
        }

        @Override
        public int segments() {
            return placed.size();
        }

        @Override
        public void send(TransportClient client, RpcResponseCallback answer) {
            ByteBuffer message = Message.of(Message.Kind.SEGMENTS, out -> {
                for (Placed segment : placed) {
                    out.writeInt(segment.slot());
                    out.writeInt(segment.bytes());
                    out.writeInt(segment.header().remaining());
                    out.write(segment.header().array());
                }
            });
            // An answer makes room for more on the channel's own thread, whose writes would overtake what other threads
            // have left it to write: so it leaves its own to itself, too.
            client.getChannel().eventLoop().execute(() -> client.sendRpc(message, answer));
        }

        @Override
        public void taken() {
            placed.forEach(segment -> memory.free(segment.slot()));
        }
    }
}
