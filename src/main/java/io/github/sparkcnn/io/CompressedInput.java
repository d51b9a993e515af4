package io.github.sparkcnn.io;

import io.github.sparkcnn.Handover;
import io.github.sparkcnn.UserException;
import io.github.sparkcnn.Visible;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/**
 * What a compressed file holds. Compressed bytes that are damaged or cut off throw {@link UserException}, whatever the
 * decompressor makes of them; a file that cannot be read at all throws its file system's {@link IOException}.
 */
public final class CompressedInput extends FunnelInput {
    private static final int BUFFER = 1 << 16;

    private final String file;
    private final Source source;
    private long content;

    private CompressedInput(String file, Source source, InputStream in) {
        super(in);
        this.file = file;
        this.source = source;
    }

    /** How content comes out of compressed bytes: a constructor of the JDK's, a codec of Hadoop's. */
    @FunctionalInterface
    public interface Decompression {
        InputStream of(InputStream compressed) throws IOException;
    }

    /**
     * Through gzip.
     *
     * @param file for messages
     * @param compressed from the file's beginning; closed with this stream, and where it does not begin as gzip does
     */
    public static CompressedInput gzip(String file, InputStream compressed) throws IOException {
        return of(file, compressed, bytes -> new GZIPInputStream(bytes, BUFFER));
    }

    /** The same through any decompression. */
    public static CompressedInput of(String file, InputStream compressed, Decompression how) throws IOException {
        Source source = new Source(compressed);
        try {
            return Handover.of(compressed, any -> new CompressedInput(file, source, how.of(source)));
        } catch (IOException | RuntimeException e) {
            throw failure(file, source, 0, e);
        }
    }

    @Override
    public int read(byte[] buffer, int from, int most) throws IOException {
        try {
            int read = in.read(buffer, from, most);
            content += Math.max(0, read);
            return read;
        } catch (IOException | RuntimeException e) { // bzip2 knows neither checked nor documented exceptions for damage
            throw failure(file, source, content, e);
        }
    }

    /** What to throw: the failure itself where the file system has failed, or else the user's mistake. */
    private static IOException failure(String file, Source source, long content, Exception e) {
        if (source.failure != null) {
            return source.failure;
        }
        if (e instanceof UserException mistake) {
            throw mistake;
        }
        String reason = "its compressed bytes are damaged after " + content + " bytes of content ("
                + Visible.firstLine(e) + ")";
        if (e instanceof EOFException) {
            reason = "it is cut off: its compressed bytes end after " + content + " bytes of content";
        } else if (content == 0) {
            reason = "it does not begin as such a compressed file does (" + e.getMessage() + ")";
        }
        throw new UserException("read " + file, reason, "Download or write the file again");
    }

    /** The file's bytes; remembers what the file system throws, to tell it from what a decompressor throws. */
    private static final class Source extends FunnelInput {
        private IOException failure;
        private boolean ended;

        Source(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] buffer, int from, int most) throws IOException {
            try {
                int read = in.read(buffer, from, most);
                ended = ended || read < 0;
                return read;
            } catch (IOException e) {
                failure = e;
                throw e;
            }
        }

        /** Never 0 before the end: the JDK would take a stream of several gzip members as ended there, without a word. */
        @Override
        public int available() throws IOException {
            return ended ? 0 : Math.max(1, in.available());
        }
    }
}
