package io.github.sparkcnn.allreduce.transport;

import java.nio.ByteBuffer;
import org.apache.spark.network.util.TransportConf;

/** How Spark's library has a peer prove the secret: what the first message looks like. */
enum Proof {
    /** {@code spark.authenticate} is off. */
    NONE(0, 0),
    /** {@code spark.authenticate} alone. */
    SASL(0xEA, 1),
    /** With {@code spark.network.crypto.enabled}. */
    CRYPTO(0xFB, 3);

    private final byte tag;
    private final int fields;

    Proof(int tag, int fields) {
        this.tag = (byte) tag;
        this.fields = fields;
    }

    static Proof of(TransportConf conf, boolean authenticates) {
        return !authenticates ? NONE : conf.encryptionEnabled() ? CRYPTO : SASL;
    }

    /**
     * Refuses what is no proof, and one that Spark's library would take memory for without looking whether there is so much.
     *
     * @param first message of its connection: what comes later may be something else
     */
    void check(ByteBuffer message, boolean first) {
        if (this == NONE) {
            return;
        }
        ByteBuffer rest = message.duplicate();
        if (!rest.hasRemaining() || rest.get() != tag) {
            if (first) {
                throw new IllegalArgumentException("it does not authenticate as " + this);
            }
            return;
        }
        for (int i = 0; i < fields; i++) {
            int length = rest.remaining() < Integer.BYTES ? -1 : rest.getInt();
            if (length < 0 || length > rest.remaining()) {
                throw new IllegalArgumentException("it authenticates with a field of " + length + " bytes");
            }
            rest.position(rest.position() + length);
        }
    }
}
