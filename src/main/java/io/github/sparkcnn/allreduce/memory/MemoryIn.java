package io.github.sparkcnn.allreduce.memory;

import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The end of shared memory at which segments are read. */
public final class MemoryIn implements AutoCloseable {
    private final MemoryOffer offer;
    private final int slotBytes;
    private final MappedByteBuffer memory;
    private boolean closed;

    private MemoryIn(Path file, MemoryOffer offer, int slotBytes) throws IOException {
        this.offer = offer;
        this.slotBytes = slotBytes;
        this.memory = MemoryFile.open(file, offer, slotBytes);
    }

    /** Maps what is offered; throws an IOException where that file is not here. */
    public static MemoryIn open(MemoryOffer offer, int slotBytes) throws IOException {
        return open(MemoryFile.FOLDER, offer, slotBytes);
    }

    static MemoryIn open(Path folder, MemoryOffer offer, int slotBytes) throws IOException {
        try {
            return new MemoryIn(folder.resolve(offer.file()), offer, slotBytes);
        } catch (UnsupportedOperationException e) {
            throw new IOException("files there have no permissions", e);
        }
    }

    /**
     * Has so many bytes of a slot read, after the other has said that they are there; not any more after {@link #close}.
     *
     * @throws IllegalArgumentException where there is no such slot, or it is not so long
     */
    public synchronized void read(int slot, int bytes, Consumer<ByteBuffer> reader) {
        if (slot < 0 || slot >= offer.slots() || bytes < 0 || bytes > slotBytes) {
            throw new IllegalArgumentException(bytes + " bytes in slot " + slot + " of " + offer.slots());
        }
        if (!closed) {
            VarHandle.acquireFence(); // see the writer's
            reader.accept(
                    memory.slice(MemoryFile.HEAD + slot * slotBytes, bytes).order(ByteOrder.nativeOrder()));
            VarHandle.releaseFence();
        }
    }

    /** Gives the memory back. Closing twice is harmless. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            Unmapping.unmap(memory);
        }
    }
}
