package io.github.sparkcnn.train.stage;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** Looks, while the driver waits for its workers, whether there is still room for all of them: a barrier stage waits for ever. */
public final class SlotLookout implements Runnable {

    private static final long NANOS_BETWEEN_LOOKS = 500_000_000L;

    private final int workers;
    private final Duration patience;
    private final IntSupplier slots;
    private final LongSupplier nanoTime;
    private OptionalLong last = OptionalLong.empty();
    private OptionalLong tooFewSince = OptionalLong.empty();

    /**
     * Has not looked yet.
     *
     * @param workers that there has to be room for
     * @param patience how long there need not be
     * @param slots of the cluster, at this moment
     */
    public SlotLookout(int workers, Duration patience, IntSupplier slots, LongSupplier nanoTime) {
        this.workers = workers;
        this.patience = patience;
        this.slots = slots;
        this.nanoTime = nanoTime;
    }

    /**
     * Looks, if it has not just done so.
     *
     * @throws TooFewSlotsException if there has been too little room for longer than that
     */
    @Override
    public void run() {
        long now = nanoTime.getAsLong();
        if (last.isPresent() && now - last.getAsLong() < NANOS_BETWEEN_LOOKS) {
            return;
        }
        last = OptionalLong.of(now);
        int found = slots.getAsInt();
        if (found >= workers) {
            tooFewSince = OptionalLong.empty();
        } else if (tooFewSince.isEmpty()) {
            tooFewSince = OptionalLong.of(now);
        } else if (now - tooFewSince.getAsLong() >= patience.toNanos()) {
            throw new TooFewSlotsException(found);
        }
    }
}
