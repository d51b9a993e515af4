package io.github.sparkcnn.track.mlflow;

import java.io.IOException;

/** The server's no, with MLflow's word for why; empty where it gave none. */
final class RefusedException extends IOException {

    static final String NOT_THERE = "RESOURCE_DOES_NOT_EXIST";
    static final String THERE_ALREADY = "RESOURCE_ALREADY_EXISTS";
    static final String WRONG_VALUE = "INVALID_PARAMETER_VALUE";

    private static final long serialVersionUID = 1L;

    private final String code;

    RefusedException(String code, String reason) {
        super(reason);
        this.code = code;
    }

    boolean says(String word) {
        return code.equals(word);
    }
}
