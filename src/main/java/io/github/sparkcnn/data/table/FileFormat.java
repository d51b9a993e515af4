package io.github.sparkcnn.data.table;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.Visible;
import io.github.sparkcnn.data.format.BadImages;
import io.github.sparkcnn.data.format.Beginning;
import io.github.sparkcnn.data.format.ImageFiles;
import io.github.sparkcnn.data.format.ImageFormat;
import io.github.sparkcnn.data.format.ImageRows;
import io.github.sparkcnn.data.format.ImageSource;
import io.github.sparkcnn.io.Storage;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.package$;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A kind of files that Spark reads as a table: one file, or a folder of them, in partitions or not. */
public abstract sealed class FileFormat implements ImageFormat {

    /** Columns in row groups, the usual one. */
    public static final class Parquet extends FileFormat {
        public Parquet() {
            super("parquet", "PAR1");
        }
    }

    /** Columns in stripes. */
    public static final class Orc extends FileFormat {
        public Orc() {
            super("orc", "ORC");
        }
    }

    /** Rows with their schema before them; Spark reads it with its package spark-avro. */
    public static final class Avro extends FileFormat {
        private static final String READER = "org.apache.spark.sql.avro.AvroFileFormat";

        public Avro() {
            super("avro", "Obj\u0001");
        }

        @Override
        void requireReader(Path root) {
            try {
                Class.forName(READER, false, Thread.currentThread().getContextClassLoader());
            } catch (ClassNotFoundException e) {
                throw BadImages.in(
                        root,
                        "it is Avro, which this Spark does not read",
                        "Give Spark the package org.apache.spark:spark-avro_2.12:" + package$.MODULE$.SPARK_VERSION()
                                + ", or write the table as Parquet");
            }
        }
    }

    /** An object a line; has no mark and is told by its name, {@code .json}, {@code .jsonl} or {@code .ndjson}. */
    public static final class Json extends FileFormat {
        public Json() {
            super("json", "{");
        }

        @Override
        public boolean hasName(String name) {
            String plain = name.toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
            return Stream.of(".json", ".jsonl", ".ndjson").anyMatch(plain::endsWith);
        }

        @Override
        boolean isFile(Beginning file) {
            return hasName(file.name());
        }

        @Override
        boolean isOrdered() {
            return false;
        }
    }

    private final String name;
    private final String mark;

    private FileFormat(String name, String mark) {
        this.name = name;
        this.mark = mark;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean isAt(Beginning root) {
        return root.isFolder() ? root.firstFile().filter(this::isFile).isPresent() : isFile(root);
    }

    /** Whether a file is of this format. */
    boolean isFile(Beginning file) {
        return file.startsWith(mark.chars().toArray());
    }

    /** Whether its columns stand in the order in which they were written. */
    boolean isOrdered() {
        return true;
    }

    /** Refuses files that this Spark cannot read. */
    void requireReader(Path root) {}

    @Override
    public ImageFiles read(JavaSparkContext spark, Storage storage, ImageSource source, FileStatus root) {
        SparkSession session = SparkSession.builder().sparkContext(spark.sc()).getOrCreate();
        return table(FilesInOrder.session(session), storage, root).files(source);
    }

    @Override
    public ImageRows rows(SparkSession spark, Storage storage, ImageSource source, FileStatus root) {
        return table(spark, storage, root).images(source);
    }

    private Table table(SparkSession spark, Storage storage, FileStatus root) {
        requireReader(root.getPath());
        requireNoLog(storage, root);
        Dataset<Row> rows = open(spark, root.getPath());
        requireRows(root.getPath(), List.of(rows.columns()));
        return new Table(Storage.display(root.getPath()), rows, isOrdered());
    }

    private Dataset<Row> open(SparkSession spark, Path root) {
        try {
            // A name with [ or * is a name, not a pattern.
            return spark.read().option("__globPaths__", false).format(name).load(root.toString());
        } catch (Exception e) { // Spark's AnalysisException is a checked one that Scala does not declare
            throw BadImages.in(
                    root,
                    Visible.firstLine(ExceptionUtils.getRootCause(e)).replaceAll("\\.$", ""),
                    "Name whole files of " + name);
        }
    }

    /** Refuses what Spark makes of an empty file of JSON, and of lines that are none. */
    private void requireRows(Path root, List<String> columns) {
        if (columns.isEmpty() || columns.equals(List.of("_corrupt_record"))) {
            throw BadImages.in(
                    root,
                    columns.isEmpty() ? "it has no columns" : "no line of it is an object of JSON",
                    "Name whole files of " + name);
        }
    }

    /** Files of a table with a log of its own are not the table: some are of older versions. */
    private static void requireNoLog(Storage storage, FileStatus root) {
        for (String log : new String[] {"_delta_log", "metadata"}) {
            if (root.isDirectory() && storage.exists(new Path(root.getPath(), log))) {
                boolean delta = log.startsWith("_");
                throw new UserException(
                        "read " + Storage.display(root.getPath()),
                        "it is a table of " + (delta ? "Delta Lake" : "Iceberg")
                                + ", whose files are not all of one version",
                        delta
                                ? "Give Spark the package of Delta Lake, and write table:delta.`"
                                        + Storage.display(root.getPath()) + "`"
                                : "Name it as table:CATALOG.DATABASE.TABLE");
            }
        }
    }
}
