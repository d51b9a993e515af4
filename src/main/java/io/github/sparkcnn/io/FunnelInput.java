package io.github.sparkcnn.io;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream over another of which every byte goes through one method, also a single one and one that is skipped. */
public abstract class FunnelInput extends FilterInputStream {
    private static final int MOST_SKIPPED = 1 << 16;

    protected FunnelInput(InputStream in) {
        super(in);
    }

    /** Reads as {@link InputStream} says: all bytes come from here. */
    @Override
    public abstract int read(byte[] buffer, int from, int most) throws IOException;

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public final long skip(long count) throws IOException {
        byte[] skipped = new byte[(int) Math.max(0, Math.min(count, MOST_SKIPPED))];
        return Math.max(0, read(skipped, 0, skipped.length));
    }

    @Override
    public final boolean markSupported() {
        return false;
    }
}
