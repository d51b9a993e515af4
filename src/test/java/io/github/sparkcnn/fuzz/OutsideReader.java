package io.github.sparkcnn.fuzz;

import java.util.List;

/** A reader of bytes that come from outside, as the tests throw bytes at it. */
public interface OutsideReader {

    /** In kebab case: {@code csv}. */
    String name();

    /** Small valid inputs, and some that are wrong in a way that mattered once. */
    List<byte[]> seeds() throws Exception;

    /** What is put into inputs besides: marks, key words, numbers of the format. */
    default List<String> words() {
        return List.of();
    }

    /** Reads all of an input, throwing a UserException where it is none. */
    void read(byte[] input) throws Exception;

    /** Bytes of the heap that a byte of input may take, above what all may; a compressed byte makes a thousand. */
    default int bytesForAByte() {
        return 4096;
    }

    /** Inputs that each build tries. */
    default int tries() {
        return 600;
    }
}
