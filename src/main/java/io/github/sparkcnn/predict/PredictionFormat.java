package io.github.sparkcnn.predict;

import java.util.Locale;

/** How predictions are written: a folder of files. */
public enum PredictionFormat {
    /** With the probabilities as one array. */
    PARQUET,
    /** With a header, and the probabilities as columns {@code p0}, {@code p1} …. */
    CSV;

    /** What the name of the folder says; Parquet where it says nothing. */
    public static PredictionFormat of(String output) {
        return output.toLowerCase(Locale.ROOT).endsWith(".csv") ? CSV : PARQUET;
    }
}
