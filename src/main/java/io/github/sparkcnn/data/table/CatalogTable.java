package io.github.sparkcnn.data.table;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.format.ImageFiles;
import io.github.sparkcnn.data.format.ImageRows;
import io.github.sparkcnn.data.format.ImageSource;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A table or view of the session's catalogue, which {@code table:db.photos} names as SQL would. */
public record CatalogTable(String name) {
    private static final String PREFIX = "table:";

    /** The table that a path means, if it means one. */
    public static Optional<CatalogTable> named(String path) {
        return path.startsWith(PREFIX)
                ? Optional.of(new CatalogTable(path.substring(PREFIX.length())))
                : Optional.empty();
    }

    /** Its images, of which every one has a label. */
    public ImageFiles files(SparkSession spark, ImageSource source) {
        return open(FilesInOrder.session(spark), source).files(source);
    }

    /** Its rows. */
    public ImageRows rows(SparkSession spark, ImageSource source) {
        return open(spark, source).images(source);
    }

    private Table open(SparkSession spark, ImageSource source) {
        try {
            Dataset<Row> rows = spark.table(name);
            return new Table(source.path(), rows, true);
        } catch (Exception e) { // AnalysisException and ParseException, checked ones that Scala does not declare
            String inMemory =
                    spark.conf().get("spark.sql.catalogImplementation").equals("hive")
                            ? ""
                            : ", which is in memory (spark.sql.catalogImplementation)";
            throw new UserException(
                    "read " + source.path(),
                    "there is no table or view " + name + " in Spark's catalogue" + inMemory,
                    "Set " + source.setting()
                            + " to table:NAME as SQL names it, and give Spark the catalogue's settings");
        }
    }
}
