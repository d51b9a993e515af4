/**
 * One barrier stage for many epochs: Spark's job ({@code BarrierStage}), what the driver has the workers in it do ({@code WorkOrders},
 * {@code WorkerStage}), when they leave their slots to others ({@code SlotWatch}) and when there is no room for them any more ({@code SlotLookout}), and how a worker asks for it ({@code WorkerCalls}). Depends on {@code allreduce.rendezvous},
 * {@code allreduce.transport}, {@code data.job}, {@code io}, {@code network}, {@code track} and Spark.
 */
package io.github.sparkcnn.train.stage;
