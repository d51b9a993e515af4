package io.github.sparkcnn.predict.run;

import java.util.Locale;

/** How predictions are written to a folder of files. */
public enum PredictionFormat {
    /** Columns that are arrays are arrays. */
    PARQUET,
    /** RFC 4180 with a header; a column that is an array becomes a column for each of its elements. */
    CSV,
    /** JSON lines: an object a line, without the columns that are null. */
    JSON;

    /** What the name of the folder says; Parquet where it says nothing. */
    public static PredictionFormat of(String output) {
        String name = output.toLowerCase(Locale.ROOT);
        if (name.endsWith(".json") || name.endsWith(".jsonl")) {
            return JSON;
        }
        return name.endsWith(".csv") ? CSV : PARQUET;
    }
}
