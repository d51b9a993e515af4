package io.github.sparkcnn.data;

import io.github.sparkcnn.io.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.util.SerializableConfiguration;

/**
 * A file that was read, for the manifest.
 *
 * @param md5 in lower-case hexadecimal, as the official data sets publish it
 */
public record DataFile(String path, long bytes, String md5) implements Serializable {

    static List<DataFile> describe(JavaSparkContext spark, List<Path> files) {
        if (files.isEmpty()) {
            return List.of();
        }
        List<String> paths = files.stream().map(Path::toString).toList();
        return List.copyOf(spark.parallelize(paths, paths.size())
                .map(new Describe(new SerializableConfiguration(spark.hadoopConfiguration())))
                .collect());
    }

    /** Reads the file once. */
    public static DataFile of(Storage storage, Path file) {
        try (InputStream in = storage.open(file)) {
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            byte[] buffer = new byte[1 << 16];
            long bytes = 0;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                md5.update(buffer, 0, n);
                bytes += n;
            }
            return new DataFile(BadImages.display(file), bytes, HexFormat.of().formatHex(md5.digest()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }

    private static final class Describe implements Function<String, DataFile> {
        private static final long serialVersionUID = 1L;
        private final SerializableConfiguration hadoop;

        Describe(SerializableConfiguration hadoop) {
            this.hadoop = hadoop;
        }

        @Override
        public DataFile call(String path) {
            Configuration configuration = hadoop.value();
            return of(Storage.ofCluster(configuration), new Path(path));
        }
    }
}
