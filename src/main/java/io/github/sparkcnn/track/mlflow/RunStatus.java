package io.github.sparkcnn.track.mlflow;

/** MLflow's words for how a run is doing, and their numbers in its files. */
public enum RunStatus {
    RUNNING(1),
    FINISHED(3),
    FAILED(4),
    KILLED(5);

    private final int number;

    RunStatus(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
