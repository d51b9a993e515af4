package io.github.sparkcnn.data.csv;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.JobContext;
import org.apache.hadoop.mapreduce.lib.input.FileSplit;
import org.apache.hadoop.mapreduce.lib.input.TextInputFormat;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/** Cuts files as Hadoop does, of exactly the files named, in that order: a name may hold commas, braces or stars. */
final class CsvSplits extends TextInputFormat {
    /** Hadoop's default local block is 32 MiB; a smaller split keeps every core of a small machine busy to the end. */
    private static final long SPLIT_BYTES = 16 << 20;

    private final List<Path> files;

    private CsvSplits(List<Path> files) {
        this.files = files;
    }

    static List<CsvPart> of(Configuration base, List<Path> files) {
        try {
            Job job = Job.getInstance(base);
            if (job.getConfiguration().get(SPLIT_MAXSIZE) == null) {
                job.getConfiguration().setLong(SPLIT_MAXSIZE, SPLIT_BYTES);
            }
            return parts(new CsvSplits(files).getSplits(job));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at " + files + ": " + e.getMessage(), e);
        }
    }

    private static List<CsvPart> parts(List<InputSplit> splits) throws IOException {
        Map<Path, Long> counts = splits.stream()
                .collect(Collectors.groupingBy(split -> ((FileSplit) split).getPath(), Collectors.counting()));
        List<CsvPart> parts = new ArrayList<>();
        for (InputSplit cut : splits) {
            FileSplit split = (FileSplit) cut;
            boolean whole = counts.get(split.getPath()) == 1;
            parts.add(new CsvPart(
                    split.getPath().toString(),
                    split.getStart(),
                    whole ? Long.MAX_VALUE : split.getStart() + split.getLength(),
                    whole,
                    hosts(split)));
        }
        return parts;
    }

    /** Without the name that Hadoop has for a file that is here, wherever that is. */
    private static List<String> hosts(FileSplit split) throws IOException {
        return Stream.of(split.getLocations())
                .filter(host -> !host.equals("localhost"))
                .toList();
    }

    /** One partition a part, near the part's bytes. */
    static JavaRDD<CsvPart> distribute(JavaSparkContext spark, List<CsvPart> parts) {
        List<Tuple2<CsvPart, Seq<String>>> placed = parts.stream()
                .map(part -> new Tuple2<>(part, scala(part.hosts())))
                .toList();
        ClassTag<CsvPart> tag = ClassTag$.MODULE$.apply(CsvPart.class);
        return spark.sc().makeRDD(scala(placed), tag).toJavaRDD();
    }

    private static <T> Seq<T> scala(List<T> list) {
        return JavaConverters.asScalaBuffer(list).toList();
    }

    @Override
    protected List<FileStatus> listStatus(JobContext job) throws IOException {
        List<FileStatus> statuses = new ArrayList<>();
        for (Path file : files) {
            statuses.add(file.getFileSystem(job.getConfiguration()).getFileStatus(file));
        }
        return statuses;
    }

    @Override
    protected boolean isSplitable(JobContext job, Path file) {
        return new CompressionCodecFactory(job.getConfiguration()).getCodec(file) == null;
    }
}
