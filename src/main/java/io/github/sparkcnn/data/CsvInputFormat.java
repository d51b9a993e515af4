package io.github.sparkcnn.data;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.lib.input.TextInputFormat;

/** Hadoop's lines, of exactly the files named, in that order: a name may hold commas, braces or stars. */
public final class CsvInputFormat extends TextInputFormat {
    private static final String FILES = "sparkcnn.csv.files";
    /** Hadoop's default local block is 32 MiB; a smaller split keeps every core of a small machine busy to the end. */
    private static final long SPLIT_BYTES = 16 << 20;

    static Configuration configured(Configuration base, List<Path> files) {
        Configuration configuration = new Configuration(base);
        configuration.set(
                FILES,
                String.join("\n", files.stream().map(p -> p.toUri().toString()).toList()));
        if (configuration.get(SPLIT_MAXSIZE) == null) {
            configuration.setLong(SPLIT_MAXSIZE, SPLIT_BYTES);
        }
        return configuration;
    }

    @Override
    protected List<FileStatus> listStatus(JobContext job) throws IOException {
        Configuration configuration = job.getConfiguration();
        List<FileStatus> statuses = new ArrayList<>();
        for (String uri : configuration.get(FILES).lines().toList()) {
            Path file = new Path(URI.create(uri));
            statuses.add(file.getFileSystem(configuration).getFileStatus(file));
        }
        return statuses;
    }
}
