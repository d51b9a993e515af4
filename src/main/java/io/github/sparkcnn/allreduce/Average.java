package io.github.sparkcnn.allreduce;

import java.nio.ByteBuffer;

/**
 * One averaging as one worker sees it. Workers stand in a circle; segments come from neighbours to the left, some places away,
 * and leave to neighbours to the right.
 */
public interface Average {

    /** Lets neighbours send, and sends what can leave before anything has come. */
    void start();

    /**
     * A segment begins, from the left neighbour so many places away. The next of that neighbour begins after its end.
     *
     * @throws IllegalArgumentException if it is not the one that is due
     */
    Incoming begin(int distance, SegmentHeader header);

    /** Whether something is still to come from the left neighbour so many places away. */
    boolean expects(int distance);

    /** How far away the left neighbour is whose segments have to come next. */
    int awaited();

    /** Whether everything has come. */
    boolean complete();

    /** When this returns, nothing is written to the vector any more. */
    void cancel();

    /** What everybody brought, once everything has come. */
    Contributions contributions();

    /** A segment that is coming in. */
    interface Incoming {

        /** More bytes of it, cut anywhere. Throws IllegalArgumentException if it is longer than announced. */
        void data(ByteBuffer bytes);

        /** It is complete: merged and passed on as soon as its turn comes. Throws IllegalArgumentException if it is not. */
        void end();

        /** All of it at once, in memory that stays as it is until this returns; in the place of the two others. */
        default void whole(ByteBuffer floats) {
            data(floats);
            end();
        }
    }

    /** What this worker says and sends to the two neighbours so many places away. */
    interface Link {

        /** Tells the left one that it may send. */
        void ready();

        /** Sends to the right one; must keep the order. */
        void send(SegmentHeader header, ByteBuffer floats);
    }
}
