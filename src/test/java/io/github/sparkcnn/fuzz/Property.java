package io.github.sparkcnn.fuzz;

import com.sun.management.ThreadMXBean;
import io.github.sparkcnn.UserException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.regex.Pattern;
import org.bytedeco.javacpp.Pointer;

/**
 * What every reader of outside bytes owes: a result or the user's mistake in one line, memory for what is there and not for what a
 * header says, and no class that the bytes name.
 */
final class Property {
    /** What any input may take: buffers, a block of packed images, classes that are loaded. */
    private static final long ROOM = 48L << 20;

    private static final Pattern LINE = Pattern.compile("Cannot \\P{Cntrl}+: \\P{Cntrl}+\\. \\P{Cntrl}+\\.");
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final BufferPoolMXBean DIRECT = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .findFirst()
            .orElseThrow();

    private Property() {}

    /** Reads an input in this thread; an AssertionError says what the reader owes. */
    static void hold(OutsideReader reader, byte[] input) {
        Alarm.reset();
        long before = THREADS.getCurrentThreadAllocatedBytes();
        long outsideBefore = outsideTheHeap();
        try {
            reader.read(input);
        } catch (UserException e) {
            if (!LINE.matcher(e.getMessage()).matches()) {
                throw new AssertionError(reader.name() + " says it in no line of three parts: " + e.getMessage(), e);
            }
        } catch (Throwable e) {
            throw new AssertionError(reader.name() + " lets escape " + e, e);
        }
        long taken = THREADS.getCurrentThreadAllocatedBytes() - before;
        long most = ROOM + (long) reader.bytesForAByte() * input.length;
        if (taken > most) {
            throw new AssertionError(reader.name() + " takes " + taken + " bytes of the heap for " + input.length);
        }
        long outside = outsideTheHeap() - outsideBefore;
        if (outside > most) {
            throw new AssertionError(
                    reader.name() + " takes " + outside + " bytes outside the heap for " + input.length);
        }
        if (Alarm.hasRung()) {
            throw new AssertionError(reader.name() + " runs a class that its input names");
        }
    }

    /** Of this process: direct buffers, and what JavaCPP has allocated, arrays among it, and the garbage collector not yet given back. */
    private static long outsideTheHeap() {
        return DIRECT.getMemoryUsed() + Pointer.totalBytes();
    }
}
