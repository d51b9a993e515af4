package io.github.sparkcnn.predict;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The columns of predictions in their order: what is told of an image, and what stood beside it.
 *
 * @param columns each under a name of its own
 * @param top how many classes the columns {@code top_…} tell; more than there are classes is all of them
 */
public record PredictionColumns(List<PredictionColumn> columns, int top) {

    public PredictionColumns {
        columns = List.copyOf(columns);
    }

    /** A column of predictions. */
    public sealed interface PredictionColumn {
        /** What it is called among the predictions. */
        String name();
    }

    /**
     * A column of the rows that are predicted, as it is.
     *
     * @param input what it is called there
     */
    public record Kept(String input, String name) implements PredictionColumn {}

    /** A column that is made. */
    public record Made(Predicted what, String name) implements PredictionColumn {
        /** Under its own name. */
        public Made(Predicted what) {
            this(what, what.column());
        }
    }

    /** Columns under their own names, behind those that rows have. */
    public static PredictionColumns behind(List<String> input, Predicted... made) {
        List<PredictionColumn> columns = new ArrayList<>();
        input.forEach(name -> columns.add(new Kept(name, name)));
        Stream.of(made).forEach(what -> columns.add(new Made(what)));
        return new PredictionColumns(columns, 0);
    }

    /** Their names. */
    public List<String> names() {
        return columns.stream().map(PredictionColumn::name).toList();
    }

    /** Those that are kept. */
    public List<Kept> kept() {
        return of(Kept.class);
    }

    /** Those that are made. */
    public List<Made> made() {
        return of(Made.class);
    }

    private <T> List<T> of(Class<T> kind) {
        return columns.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
