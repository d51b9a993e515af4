package io.github.sparkcnn.train.stage;

import io.github.sparkcnn.network.NetworkState;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The barrier stage that the workers stay in from the first order to the last. Spark gives a stage up that has failed four times
 * since it began, however much it has done meanwhile: one that has carried out an order is then begun anew, so that every order
 * has as many attempts as a stage of its own would have. So is one whose workers have left their slots to a job that the driver
 * waits for.
 */
public final class WorkerStage implements AutoCloseable {

    private final WorkOrders orders;
    private final IntFunction<BarrierStage> begin;
    private final Runnable lookout;
    private final SlotWatch slots;
    private Optional<BarrierStage> running = Optional.empty();
    private int begun;
    private boolean fruitful;
    private volatile boolean awaited;

    /**
     * One that begins with the first order.
     *
     * @param orders that its tasks ask for
     * @param begin starts it; it is told how often that was done before
     * @param lookout done now and then by who waits for the workers, who waits no longer if it throws
     */
    public WorkerStage(JavaSparkContext spark, WorkOrders orders, IntFunction<BarrierStage> begin, Runnable lookout) {
        this.orders = orders;
        this.begin = begin;
        this.lookout = lookout;
        this.slots = new SlotWatch(spark, () -> !awaited, orders::release);
    }

    /**
     * Has the workers begin with an order, and returns; the caller may do something else before it waits.
     *
     * @param start the state that the order names
     */
    public CompletableFuture<WorkResults> begin(WorkOrder order, NetworkState start) {
        CompletableFuture<WorkResults> done = orders.give(order, start);
        if (running.isEmpty()) {
            beginStage();
        }
        return done;
    }

    /**
     * Gives the workers who have just done an order another one; on any thread, such as that which brought the last report.
     *
     * @param start the state that the order names
     */
    public CompletableFuture<WorkResults> goOn(WorkOrder order, NetworkState start) {
        return orders.give(order, start);
    }

    /**
     * Waits for what the workers bring of an order, or for what is made of it.
     *
     * @param meanwhile done now and then, and at the end: whoever waits for the workers tells what they have brought until now
     */
    public <R> R await(CompletableFuture<R> done, Runnable meanwhile) {
        awaited = true;
        try {
            while (true) {
                Optional<R> results = awaitOfStage(done, meanwhile);
                if (results.isPresent()) {
                    meanwhile.run();
                    fruitful = true;
                    return results.get();
                }
                running = Optional.empty();
            }
        } finally {
            awaited = false;
        }
    }

    /** Empty if another stage has to be begun. */
    private <R> Optional<R> awaitOfStage(CompletableFuture<R> done, Runnable meanwhile) {
        BarrierStage stage = running.orElseGet(this::beginStage);
        try {
            Optional<R> results = stage.await(done, () -> {
                meanwhile.run();
                lookout.run();
            });
            if (results.isEmpty() && !orders.isReleased()) {
                throw new IllegalStateException("the stage ended before its work was done");
            }
            return results;
        } catch (Exception e) {
            if (fruitful && BarrierStage.isGivenUp(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private BarrierStage beginStage() {
        orders.renew();
        BarrierStage stage = begin.apply(begun++);
        running = Optional.of(stage);
        fruitful = false;
        return stage;
    }

    /** Lets the workers end; what they have begun and nobody waits for any more, they give up. */
    @Override
    public void close() {
        slots.close();
        orders.end();
        running.ifPresent(orders.areUnderWay() ? BarrierStage::cancel : BarrierStage::end);
        running = Optional.empty();
    }
}
