package io.github.sparkcnn.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import org.apache.hadoop.fs.FSDataInputStream;

/** A file of any of Hadoop's file systems as a channel, for readers that go to and fro; not written. */
final class SeekableFile implements SeekableByteChannel {
    private final FSDataInputStream in;
    private final long size;
    private final byte[] buffer = new byte[1 << 16];
    private boolean open = true;

    SeekableFile(FSDataInputStream in, long size) {
        this.in = in;
        this.size = size;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int read = in.read(buffer, 0, Math.min(buffer.length, target.remaining()));
        if (read > 0) {
            target.put(buffer, 0, read);
        }
        return read;
    }

    @Override
    public long position() throws IOException {
        return in.getPos();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
        in.seek(Math.min(position, size));
        return this;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int write(ByteBuffer source) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long length) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() throws IOException {
        open = false;
        in.close();
    }
}
