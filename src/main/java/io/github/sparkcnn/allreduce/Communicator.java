package io.github.sparkcnn.allreduce;

/** One worker's seat among the workers of a run. One averaging at a time; all workers take part in each, in the same order. */
public interface Communicator extends AutoCloseable {

    /** This worker's number, 0 to {@code size() - 1}. */
    int rank();

    /** The number of workers. */
    int size();

    /**
     * Replaces every worker's vector by the mean of all, weighted by {@link Contribution#weight()}: the same bits on every
     * worker and in every rerun. All weights 0, or one worker, leave the vector as it is.
     *
     * @param vector equally long on every worker; after an exception its content is undefined
     * @throws WorkerLostException if a worker is gone or does not answer, at most twice the time-out after the last progress
     */
    default Contributions average(FloatVector vector, Contribution own) {
        return start(vector, own).await();
    }

    /** Begins {@link #average} and returns; nobody may touch the vector until {@link Averaging#await()} has returned. */
    Averaging start(FloatVector vector, Contribution own);

    /** Tells the other workers that this one cannot go on; their calls end with a {@link WorkerLostException} that says why. */
    void fail(String reason);

    /** Leaves in peace, frees threads and ports. Closing twice is harmless. */
    @Override
    void close();

    /** An averaging under way. */
    interface Averaging {

        /** Waits until the vector holds the mean and nothing reads or writes it any more. */
        Contributions await();
    }

    /** The only worker of its run: every average is its own vector, bit for bit. */
    static Communicator alone() {
        return new LoneCommunicator();
    }
}
