package io.github.sparkcnn.allreduce.transport;

import io.netty.channel.Channel;
import java.time.Duration;
import org.apache.spark.network.server.RpcHandler;
import org.apache.spark.network.server.TransportServerBootstrap;

/**
 * Puts a {@link Gate} into every connection that others open to us.
 *
 * @param proof of the secret, which comes before the name
 * @param patience how long a connection may be open without having named the run
 */
record Gatekeeper(Proof proof, Duration patience) implements TransportServerBootstrap {

    @Override
    public RpcHandler doBootstrap(Channel channel, RpcHandler handler) {
        Gate gate = new Gate(patience);
        channel.pipeline().addLast(gate);
        return new FirstRequests(gate, handler, proof);
    }

    /** The other end is one of ours: from now on it may send what it likes. */
    static void open(Channel channel) {
        if (channel.pipeline().get(Gate.class) != null) {
            channel.pipeline().remove(Gate.class);
        }
    }
}
