package io.github.sparkcnn.predict.run;

import io.github.sparkcnn.UserException;
import io.github.sparkcnn.data.format.ImageRows;
import io.github.sparkcnn.predict.Predicted;
import io.github.sparkcnn.predict.PredictionColumns;
import io.github.sparkcnn.predict.PredictionColumns.Kept;
import io.github.sparkcnn.predict.PredictionColumns.Made;
import io.github.sparkcnn.predict.PredictionColumns.PredictionColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The columns that a user asks for.
 *
 * @param words names of columns in their order, as {@code --columns} gives them; where empty, label, name and probability, those of
 *     the most probable classes where there is a {@code top}, all that stands beside the image, and error
 * @param top how many of the most probable classes are told; 0: none
 */
public record ColumnChoice(Optional<List<String>> words, int top) {

    /** The columns that nobody has to ask for. */
    public static final ColumnChoice DEFAULT = new ColumnChoice(Optional.empty(), 0);

    private static final String TRUE_LABEL = "true_label";
    private static final String OPTION = "--columns";
    /** Of an input's column that is called as one of the predictions. */
    private static final String INPUT = "input_";

    public ColumnChoice {
        words = words.map(List::copyOf);
    }

    /** What a text {@code label,probability,id} asks for. */
    public static List<String> words(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }

    /**
     * The columns of the predictions of these rows.
     *
     * @param keep the columns beside the image that there are to choose from; all where empty
     * @throws UserException for a word that is no column
     */
    public PredictionColumns of(ImageRows rows, Optional<List<String>> keep) {
        Map<String, Kept> kept = kept(rows, keep);
        List<PredictionColumn> columns = new ArrayList<>();
        if (words.isPresent()) {
            for (String word : words.get()) {
                PredictionColumn column = named(word, kept, rows.name());
                if (columns.contains(column)) {
                    throw new UserException(
                            "predict " + rows.name(), OPTION + " names " + word + " twice", "Name each column once");
                }
                columns.add(column);
            }
        } else {
            made(columns, Predicted.LABEL, Predicted.NAME, Predicted.PROBABILITY);
        }
        if (top > 0) {
            made(columns, Predicted.top().toArray(Predicted[]::new));
        }
        if (words.isEmpty()) {
            columns.addAll(kept.values());
            made(columns, Predicted.ERROR);
        }
        return new PredictionColumns(columns, top);
    }

    private static void made(List<PredictionColumn> columns, Predicted... predicted) {
        for (Predicted what : predicted) {
            PredictionColumn column = new Made(what);
            if (!columns.contains(column)) {
                columns.add(column);
            }
        }
    }

    /** What stands beside the image, by its name among the predictions. */
    private static Map<String, Kept> kept(ImageRows rows, Optional<List<String>> keep) {
        List<String> all = List.of(rows.rows().columns());
        Map<String, Kept> kept = new LinkedHashMap<>();
        for (String input : keep.orElse(all)) {
            if (!all.contains(input)) {
                throw new UserException(
                        "keep column " + input + " of " + rows.name(),
                        "its columns are " + shown(all),
                        "Name some of them in data.columns.keep");
            }
            if (!rows.imageColumns().contains(input)) {
                String name = outputName(input, rows.label(), all);
                kept.put(name, new Kept(input, name));
            }
        }
        return kept;
    }

    private static String outputName(String input, Optional<String> label, List<String> all) {
        if (label.filter(input::equals).isPresent()) {
            return TRUE_LABEL;
        }
        boolean isTaken = Predicted.named(input).isPresent() || input.equalsIgnoreCase(TRUE_LABEL);
        String name = isTaken ? INPUT + input : input;
        while (isTaken && all.stream().anyMatch(name::equalsIgnoreCase)) {
            name = INPUT + name;
        }
        return name;
    }

    private PredictionColumn named(String word, Map<String, Kept> kept, String data) {
        Optional<Predicted> predicted = Predicted.named(word);
        if (predicted.isPresent()) {
            requireTop(predicted.get());
            return new Made(predicted.get());
        }
        if (!kept.containsKey(word)) {
            List<String> there = new ArrayList<>(
                    Arrays.stream(Predicted.values()).map(Predicted::column).toList());
            there.addAll(kept.keySet());
            throw new UserException(
                    "predict " + data, OPTION + " names " + word, "Name some of " + shown(there) + " in " + OPTION);
        }
        return kept.get(word);
    }

    private void requireTop(Predicted predicted) {
        if (predicted.isOfTop() && top == 0) {
            throw new UserException(
                    "tell " + predicted.column(),
                    "nothing says of how many classes",
                    "Say how many with --top, e.g. --top 3");
        }
    }

    private static String shown(List<String> columns) {
        int most = 30;
        return String.join(", ", columns.subList(0, Math.min(most, columns.size())))
                + (columns.size() > most ? " …" : "");
    }
}
