package io.github.sparkcnn.allreduce;

import java.io.Serializable;

/** Where a server listens, as others reach it. */
public record Address(String host, int port) implements Serializable {

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
