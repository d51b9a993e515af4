package io.github.sparkcnn.allreduce.memory;

import io.github.sparkcnn.Visible;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of shared memory at which segments are written. */
public final class MemoryOut implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MemoryOut.class);

    private final Path file;
    private final MemoryOffer offer;
    private final int slotBytes;
    private final MappedByteBuffer memory;
    /** The one that was freed last is taken first: it is still in a cache. */
    private final Deque<Integer> free = new ArrayDeque<>();

    private boolean closed;

    private MemoryOut(Path file, MemoryOffer offer, int slotBytes) throws IOException {
        this.file = file;
        this.offer = offer;
        this.slotBytes = slotBytes;
        this.memory = MemoryFile.create(file, offer, slotBytes);
        IntStream.range(0, offer.slots()).forEach(free::add);
    }

    /** Takes room for so many slots; throws an IOException where there is none, or this system cannot do it. */
    public static MemoryOut create(int slots, int slotBytes) throws IOException {
        return create(MemoryFile.FOLDER, slots, slotBytes);
    }

    static MemoryOut create(Path folder, int slots, int slotBytes) throws IOException {
        MemoryOffer offer = MemoryOffer.of(slots);
        try {
            return new MemoryOut(folder.resolve(offer.file()), offer, slotBytes);
        } catch (UnsupportedOperationException e) {
            throw new IOException("files there have no permissions", e);
        }
    }

    /** What the other has to hear before {@link #unlink}. */
    public MemoryOffer offer() {
        return offer;
    }

    /** Takes the file's name away: both have it mapped, or the other cannot. When their processes end, however they do, nothing is left. */
    public void unlink() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("Cannot delete {}, which nobody needs any more: {}", file, Visible.firstLine(e));
        }
    }

    /** Copies a segment into a free slot and returns which; empty where all are taken. */
    public synchronized OptionalInt put(ByteBuffer segment) {
        if (closed || free.isEmpty()) {
            return OptionalInt.empty();
        }
        int slot = free.pop();
        memory.slice(MemoryFile.HEAD + slot * slotBytes, segment.remaining()).put(segment.duplicate());
        // The message that says so is the signal, and its system calls are barriers on both sides in practice; with a
        // fence here and one at the reader's end it does not depend on that.
        VarHandle.releaseFence();
        return OptionalInt.of(slot);
    }

    /** The other has said that it has read the slot. */
    public synchronized void free(int slot) {
        VarHandle.acquireFence(); // what it read it has read before this slot is written again
        free.push(slot);
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
