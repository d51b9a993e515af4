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
     * Has the workers carry an order out, and waits for the results.
     *
     * @param start the state that the order names
     */
    public WorkResults carryOut(WorkOrder order, NetworkState start) {
        CompletableFuture<WorkResults> done = orders.give(order, start);
        while (true) {
            BarrierStage stage = running.orElseGet(this::begin);
            try {
                WorkResults results = stage.await(done);
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

    private BarrierStage begin() {
        BarrierStage stage = begin.apply(begun++);
        running = Optional.of(stage);
        fruitful = false;
        return stage;
    }

    /** Lets the workers end. */
    @Override
    public void close() {
        orders.end();
        running.ifPresent(BarrierStage::end);
        running = Optional.empty();
    }
}
