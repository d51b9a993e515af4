package io.github.sparkcnn.io;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.StreamCapabilities;

/** What is written to a file of any file system; a failure is as {@link WriteAttempt} says. */
public final class FileOutput extends FilterOutputStream {

    private final FSDataOutputStream file;
    private final WriteAttempt attempt;

    FileOutput(FSDataOutputStream file, WriteAttempt attempt) {
        super(file);
        this.file = file;
        this.attempt = attempt;
    }

    @Override
    public void write(int one) throws IOException {
        attempt.run(() -> file.write(one));
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        attempt.run(() -> file.write(bytes, offset, length));
    }

    /** Hands everything written so far to readers, also on HDFS, where a plain flush stays on the client. */
    @Override
    public void flush() throws IOException {
        attempt.run(file.hasCapability(StreamCapabilities.HSYNC) ? file::hflush : file::flush);
    }

    /** To the disk itself. */
    void sync() throws IOException {
        attempt.run(file::hsync);
    }

    @Override
    public void close() throws IOException {
        attempt.run(file::close);
    }

    /** The same for a wrapper such as a ZIP stream, which may be closed while the file still has to be synced. */
    OutputStream leftOpen() {
        return new FilterOutputStream(this) {
            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(bytes, offset, length);
            }

            @Override
            public void flush() {
                // The file is synced at its end.
            }

            @Override
            public void close() {
                // By whoever opened it.
            }
        };
    }
}
