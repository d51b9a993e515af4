package io.github.sparkcnn.data.table;

import io.github.sparkcnn.data.format.EitherSpark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.Partition;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.PartitionCoalescer;
import org.apache.spark.rdd.PartitionGroup;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.FilePartition;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import scala.Option;
import scala.collection.JavaConverters;
import scala.math.Equiv;
import scala.math.Ordering;

/**
 * Spark cuts files into pieces and deals these to tasks by their length. This brings the pieces back into the order of the files'
 * names and of the places in them, several small ones to a task.
 *
 * <p>{@code RDD.coalesce} insists on what Scala calls serializable: a type of Scala's own in 2.12, Java's in 2.13. An {@code Equiv}
 * is either.
 */
final class FilesInOrder implements PartitionCoalescer, Equiv<Partition> {
    private static final long serialVersionUID = 1L;
    private static final long PIECE_BYTES = 16 << 20;
    private static final long MOST_BYTES = 128 << 20;
    private static final long LEAST_BYTES = 4 << 20;

    private final long bytes;

    private FilesInOrder(long bytes) {
        this.bytes = bytes;
    }

    /** A session like this one, in which every piece of a file becomes a partition of its own. */
    static SparkSession session(SparkSession spark) {
        SparkSession own = EitherSpark.copy(spark);
        own.conf().set("spark.sql.files.maxPartitionBytes", PIECE_BYTES);
        // A piece that costs as much as a partition may hold is alone in it.
        own.conf().set("spark.sql.files.openCostInBytes", PIECE_BYTES);
        return own;
    }

    /** The same rows in the order of their files, if they are read from files. */
    static JavaRDD<InternalRow> of(RDD<InternalRow> rows) {
        Partition[] pieces = rows.partitions();
        if (!Arrays.stream(pieces).allMatch(FilePartition.class::isInstance) || pieces.length == 0) {
            return rows.toJavaRDD();
        }
        long all = Arrays.stream(pieces).mapToLong(FilesInOrder::bytes).sum();
        long share = all / Math.max(1, 4L * rows.sparkContext().defaultParallelism());
        FilesInOrder order = new FilesInOrder(Math.max(LEAST_BYTES, Math.min(MOST_BYTES, share)));
        return rows.coalesce(pieces.length, false, Option.apply(order), noOrdering())
                .toJavaRDD();
    }

    /** {@code RDD.coalesce} takes one that it needs only for a shuffle. */
    private static Ordering<InternalRow> noOrdering() {
        return Ordering.comparatorToOrdering(Comparator.comparingInt(System::identityHashCode));
    }

    @Override
    public boolean equiv(Partition one, Partition other) {
        return one.index() == other.index();
    }

    @Override
    public PartitionGroup[] coalesce(int most, RDD<?> parent) {
        List<Partition> pieces = new ArrayList<>(Arrays.asList(parent.partitions()));
        pieces.sort(Comparator.comparing((Partition piece) ->
                        first(piece).map(PartitionedFile::urlEncodedPath).orElse(""))
                .thenComparing(piece -> first(piece).map(PartitionedFile::start).orElse(0L)));
        List<PartitionGroup> groups = new ArrayList<>();
        long inGroup = 0;
        for (Partition piece : pieces) {
            if (groups.isEmpty() || inGroup + bytes(piece) > bytes) {
                groups.add(new PartitionGroup(Option.empty()));
                inGroup = 0;
            }
            JavaConverters.bufferAsJavaList(groups.get(groups.size() - 1).partitions())
                    .add(piece);
            inGroup += bytes(piece);
        }
        return groups.toArray(PartitionGroup[]::new);
    }

    private static java.util.Optional<PartitionedFile> first(Partition piece) {
        return Arrays.stream(((FilePartition) piece).files()).findFirst();
    }

    private static long bytes(Partition piece) {
        return Arrays.stream(((FilePartition) piece).files())
                .mapToLong(PartitionedFile::length)
                .sum();
    }
}
