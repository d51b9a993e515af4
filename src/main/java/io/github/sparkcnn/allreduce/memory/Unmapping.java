package io.github.sparkcnn.allreduce.memory;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Gives mapped memory back at once. Java itself does it when the garbage collector comes by, which may be never. */
final class Unmapping {
    private static final Optional<MethodHandle> CLEANER = cleaner();

    private Unmapping() {}

    /** Nobody may read or write the memory any more: that would end the process. */
    static void unmap(ByteBuffer memory) {
        CLEANER.ifPresent(cleaner -> {
            try {
                cleaner.invokeExact(memory);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) { // it declares none
                throw new IllegalStateException(e);
            }
        });
    }

    /** What JDKs since 9 have for it; by reflection, since to name the class is a warning. */
    private static Optional<MethodHandle> cleaner() {
        try {
            Class<?> type = Class.forName("sun.misc.Unsafe");
            Field instance = type.getDeclaredField("theUnsafe");
            instance.setAccessible(true);
            return Optional.of(MethodHandles.publicLookup()
                    .findVirtual(type, "invokeCleaner", MethodType.methodType(void.class, ByteBuffer.class))
                    .bindTo(instance.get(null)));
        } catch (ReflectiveOperationException | RuntimeException e) {
            return Optional.empty(); // the garbage collector does it
        }
    }
}
