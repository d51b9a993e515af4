package io.github.sparkcnn.train.stage;

import io.github.sparkcnn.network.NetworkState;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;

/**
 * The barrier stage that the workers stay in from the first order to the last. Spark gives a stage up that has failed four times
 * since it began, however much it has done meanwhile: one that has carried out an order is then begun anew, so that every order
 * has as many attempts as a stage of its own would have.
 */
public final class WorkerStage implements AutoCloseable {

    private final WorkOrders orders;
    private final IntFunction<BarrierStage> begin;
    private Optional<BarrierStage> running = Optional.empty();
    private int begun;
    private boolean fruitful;

    /**
     * One that begins with the first order.
     *
     * @param orders that its tasks ask for
     * @param begin starts it; it is told how often that was done before
     */
    public WorkerStage(WorkOrders orders, IntFunction<BarrierStage> begin) {
        this.orders = orders;
        this.begin = begin;
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

    /** Waits for what the workers bring of an order, or for what is made of it. */
    public <R> R await(CompletableFuture<R> done) {
        while (true) {
            BarrierStage stage = running.orElseGet(this::beginStage);
            try {
                R results = stage.await(done);
                fruitful = true;
                return results;
            } catch (Exception e) {
                running = Optional.empty();
                if (!fruitful || !BarrierStage.isGivenUp(e)) {
                    throw e;
                }
            }
        }
    }

    private BarrierStage beginStage() {
        BarrierStage stage = begin.apply(begun++);
        running = Optional.of(stage);
        fruitful = false;
        return stage;
    }

    /** Lets the workers end; what they have begun and nobody waits for any more, they give up. */
    @Override
    public void close() {
        orders.end();
        running.ifPresent(orders.areUnderWay() ? BarrierStage::cancel : BarrierStage::end);
        running = Optional.empty();
    }
}
