package io.github.sparkcnn.faults;

/** What befalls a run. */
public enum Fault {
    EXECUTOR_KILLED("executor killed"),
    EXECUTOR_STOPPED("executor stopped"),
    DRIVER_KILLED("driver killed, resumed"),
    WORKER_KILLED("worker daemon killed"),
    APPLICATION_KILLED("application killed, resumed");

    private final String words;

    Fault(String words) {
        this.words = words;
    }

    /** Whether the run is over, and has to be taken up again by {@code --resume}. */
    boolean endsTheRun() {
        return this == DRIVER_KILLED || this == APPLICATION_KILLED;
    }

    @Override
    public String toString() {
        return words;
    }
}
