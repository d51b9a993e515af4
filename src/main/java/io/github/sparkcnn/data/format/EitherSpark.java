package io.github.sparkcnn.data.format;

import io.github.sparkcnn.MethodByName;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;
import scala.Tuple2;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.reflect.ClassTag$;

/**
 * What Spark 3.5 and Spark 4 both have, but not in the same class or with the same types: a call compiled for one is not found in
 * the other, so these methods are found by their names.
 */
public final class EitherSpark {

    private EitherSpark() {}

    /** A table of Spark's own rows; {@code createDataFrame} would want an object of every row, and convert it. */
    @SuppressWarnings("unchecked") // as both declare it
    public static Dataset<Row> table(SparkSession spark, JavaRDD<? extends InternalRow> rows, StructType schema) {
        return (Dataset<Row>) MethodByName.call(spark, "internalCreateDataFrame", rows.rdd(), schema, false);
    }

    /** A session with the same settings and views, of which settings can be changed. */
    public static SparkSession copy(SparkSession spark) {
        return (SparkSession) MethodByName.call(spark, "cloneSession");
    }

    /** One partition an element, on one of its hosts where that can be. */
    @SuppressWarnings("unchecked") // as both declare it
    public static <T> JavaRDD<T> placed(
            JavaSparkContext spark, List<T> elements, Function<T, List<String>> hosts, Class<T> type) {
        List<Tuple2<T, Seq<String>>> placed = elements.stream()
                .map(element -> new Tuple2<>(element, scala(hosts.apply(element))))
                .toList();
        Object made = MethodByName.call(spark.sc(), "makeRDD", scala(placed), ClassTag$.MODULE$.apply(type));
        return ((RDD<T>) made).toJavaRDD();
    }

    /** Scala 2.13 wants a list that cannot change where 2.12 takes any. */
    private static <T> Seq<T> scala(List<T> list) {
        return JavaConverters.asScalaBuffer(list).toList();
    }
}
