package io.github.sparkcnn.track.mlflow;

import java.time.Duration;

/**
 * How long MLflow is waited for.
 *
 * @param connect until the server takes the connection
 * @param answer until it has answered a call
 * @param upload until it has taken a file
 * @param end until all is sent when a run that is within no other has ended: the only time that a run itself waits
 * @param death after that, until what is no artifact is sent; the same when the process is being killed
 */
record Patience(Duration connect, Duration answer, Duration upload, Duration end, Duration death) {

    static final Patience STANDARD = new Patience(
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(20),
            Duration.ofSeconds(3));
}
