package io.github.sparkcnn.data.csv;

import io.github.sparkcnn.FileException;
import io.github.sparkcnn.data.format.EitherSpark;
import io.github.sparkcnn.io.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.lib.input.FileSplit;
import org.apache.hadoop.mapreduce.lib.input.TextInputFormat;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** Cuts files as Hadoop does, of exactly the files named, in that order: a name may hold commas, braces or stars. */
final class CsvSplits extends TextInputFormat {
    /** Hadoop's default local block is 32 MiB; a smaller split keeps every core of a small machine busy to the end. */
    private static final long SPLIT_BYTES = 16 << 20;

    private final Storage storage;
    private final List<Path> files;
    private final Map<Path, Long> lengths = new HashMap<>();

    private CsvSplits(Storage storage, List<Path> files) {
        this.storage = storage;
        this.files = files;
    }

    static List<CsvPart> of(Configuration base, Storage storage, List<Path> files) {
        try {
            Job job = Job.getInstance(base);
            if (job.getConfiguration().get(SPLIT_MAXSIZE) == null) {
                job.getConfiguration().setLong(SPLIT_MAXSIZE, SPLIT_BYTES);
            }
            return new CsvSplits(storage, files).parts(job);
        } catch (IOException e) {
            throw new FileException("look at", files, e);
        }
    }

    private List<CsvPart> parts(Job job) throws IOException {
        List<InputSplit> splits = getSplits(job);
        Map<Path, Long> counts = splits.stream()
                .collect(Collectors.groupingBy(split -> ((FileSplit) split).getPath(), Collectors.counting()));
        Map<Path, Long> firsts = new HashMap<>();
        List<CsvPart> parts = new ArrayList<>();
        for (InputSplit cut : splits) {
            FileSplit split = (FileSplit) cut;
            boolean whole = counts.get(split.getPath()) == 1;
            parts.add(new CsvPart(
                    parts.size(),
                    split.getPath().toString(),
                    split.getStart(),
                    whole ? Long.MAX_VALUE : split.getStart() + split.getLength(),
                    whole ? 0 : firsts.computeIfAbsent(split.getPath(), this::firstLine),
                    whole,
                    hosts(split)));
        }
        return parts;
    }

    private long firstLine(Path file) {
        try (CsvLines lines = CsvLines.open(storage, file)) {
            return lines.next() ? lines.start() : 0;
        } catch (IOException e) {
            throw new FileException("close", file, e);
        }
    }

    /** Without the name that Hadoop has for a file that is here, wherever that is. */
    private static List<String> hosts(FileSplit split) throws IOException {
        return Stream.of(split.getLocations())
                .filter(host -> !host.equals("localhost"))
                .toList();
    }

    /** One partition a part, near the part's bytes. */
    static JavaRDD<CsvPart> distribute(JavaSparkContext spark, List<CsvPart> parts) {
        return EitherSpark.placed(spark, parts, CsvPart::hosts, CsvPart.class);
    }

    @Override
    protected List<FileStatus> listStatus(JobContext job) throws IOException {
        List<FileStatus> statuses = new ArrayList<>();
        for (Path file : files) {
            FileStatus status = file.getFileSystem(job.getConfiguration()).getFileStatus(file);
            lengths.put(status.getPath(), status.getLen());
            statuses.add(status);
        }
        return statuses;
    }

    @Override
    protected boolean isSplitable(JobContext job, Path file) {
        if (lengths.get(file) <= getMaxSplitSize(job)) {
            return false;
        }
        try (InputStream bytes = storage.open(file)) {
            return !CsvText.isWhole(file, bytes);
        } catch (IOException e) {
            throw new FileException("read", file, e);
        }
    }
}
