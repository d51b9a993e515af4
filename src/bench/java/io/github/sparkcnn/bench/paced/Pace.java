package io.github.sparkcnn.bench.paced;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;

/**
 * How fast a paced worker is; travels as keys of Spark.
 *
 * @param trained images a second of training
 * @param predicted images a second of prediction
 * @param floats the first of the state, which are averaged in place of all; {@link Integer#MAX_VALUE} for all
 */
public record Pace(double trained, double predicted, int floats) {

    private static final String TRAINED = "spark.paced.trained";
    private static final String PREDICTED = "spark.paced.predicted";
    private static final String FLOATS = "spark.paced.floats";

    public Pace {
        if (!(trained > 0 && predicted > 0 && floats > 0)) {
            throw new IllegalArgumentException(
                    "no pace: " + trained + " and " + predicted + " images/s, " + floats + " floats");
        }
    }

    /** That of the Spark application that this process is a part of. */
    static Pace ofSpark() {
        SparkConf conf = SparkEnv.get().conf();
        return new Pace(
                Double.parseDouble(conf.get(TRAINED)),
                Double.parseDouble(conf.get(PREDICTED)),
                Integer.parseInt(conf.get(FLOATS)));
    }

    /** As keys of Spark. */
    public Map<String, String> keys() {
        return Map.of(
                TRAINED, Double.toString(trained),
                PREDICTED, Double.toString(predicted),
                FLOATS, Integer.toString(floats));
    }

    /** What is averaged of the state, in place. */
    List<ByteBuffer> averaged(List<ByteBuffer> state) {
        List<ByteBuffer> some = new ArrayList<>();
        long left = (long) floats * Float.BYTES;
        for (ByteBuffer piece : state) {
            int bytes = (int) Math.min(left, piece.remaining());
            if (bytes > 0) {
                some.add(piece.slice(piece.position(), bytes).order(ByteOrder.nativeOrder()));
            }
            left -= bytes;
        }
        return some;
    }
}
