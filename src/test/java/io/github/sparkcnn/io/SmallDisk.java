package io.github.sparkcnn.io;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FsStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/** Local files of the scheme {@code small}, on a disk that takes so many bytes more: then it fails as Hadoop's local files do. */
public final class SmallDisk extends LocalByAnotherName {

    private static final AtomicLong LEFT = new AtomicLong();
    private static volatile String reason;

    /** Makes room. */
    public static Configuration with(Configuration base, long bytes, String message) {
        LEFT.set(bytes);
        reason = message;
        Configuration configuration = new Configuration(base);
        configuration.set("fs.small.impl", SmallDisk.class.getName());
        return configuration;
    }

    @Override
    String scheme() {
        return "small";
    }

    @Override
    public FsStatus getStatus(Path path) {
        return new FsStatus(1L << 40, (1L << 40) - LEFT.get(), LEFT.get());
    }

    @Override
    public FSDataOutputStream create(
            Path path,
            FsPermission permission,
            boolean overwrite,
            int buffer,
            short replication,
            long block,
            Progressable progress)
            throws IOException {
        return limited(super.create(path, permission, overwrite, buffer, replication, block, progress));
    }

    @Override
    public FSDataOutputStream create(
            Path path, boolean overwrite, int buffer, short replication, long block, Progressable progress)
            throws IOException {
        return limited(super.create(path, overwrite, buffer, replication, block, progress));
    }

    private static FSDataOutputStream limited(FSDataOutputStream out) throws IOException {
        return new FSDataOutputStream(new Limited(out), null);
    }

    private static final class Limited extends FilterOutputStream {
        Limited(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (LEFT.addAndGet(-length) < 0) {
                LEFT.set(0);
                fail();
            }
            out.write(bytes, offset, length);
        }
    }

    /** In English as Hadoop does it on Linux, by an error that is no exception. */
    private static void fail() throws IOException {
        if (reason.equals("No space left on device")) {
            FileSystem local = FileSystem.getLocal(new Configuration()).getRawFileSystem();
            try (FSDataOutputStream full = local.create(new Path("/dev/full"), true)) {
                full.write(1);
            }
        }
        throw new IOException(reason);
    }
}
