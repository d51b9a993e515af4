package io.github.sparkcnn.cli;

import io.github.sparkcnn.console.TextTable;
import io.github.sparkcnn.image.ImageShape;
import io.github.sparkcnn.kernel.BackendReport;
import io.github.sparkcnn.network.LayerSummary;
import io.github.sparkcnn.network.Network;
import io.github.sparkcnn.network.NetworkSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A network's layers as a table of text. */
final class ModelTable {

    private static final List<String> HEAD =
            List.of("layer", "kind", "engine", "output", "parameters", "multiply-adds");
    private static final int WORDS = 3;

    private ModelTable() {}

    /**
     * The table, its sums, and what they mean.
     *
     * @param backend that the network was opened on
     */
    static List<String> lines(Network network, ImageShape shape, BackendReport backend) {
        List<LayerSummary> layers = NetworkSummary.of(network, shape);
        String engine = engine(backend);
        List<List<String>> rows = new ArrayList<>();
        layers.forEach(layer -> rows.add(List.of(
                layer.name(),
                layer.kind(),
                engine,
                layer.output(),
                number(layer.parameters()),
                layer.multiplyAdds().map(ModelTable::number).orElse("?"))));
        rows.add(List.of(
                "in all",
                "",
                "",
                "",
                number(layers.stream().mapToLong(LayerSummary::parameters).sum()),
                number(known(layers)) + (all(layers) ? "" : " + ?")));
        List<String> lines = new ArrayList<>(TextTable.lines(HEAD, rows, WORDS));
        lines.add(
                "Multiply-adds of weights, for one image, forward; a step of training takes about three times as many.");
        lines.add("Backend: " + backend);
        return lines;
    }

    /** An engine takes a network as a whole or not at all. */
    private static String engine(BackendReport backend) {
        return switch (backend.kernels()) {
            case ONEDNN -> "onednn";
            case TORCH -> "torch";
            case HELPERS, PLAIN -> "dl4j";
        };
    }

    private static long known(List<LayerSummary> layers) {
        return layers.stream()
                .map(LayerSummary::multiplyAdds)
                .flatMap(Optional::stream)
                .mapToLong(Long::longValue)
                .sum();
    }

    private static boolean all(List<LayerSummary> layers) {
        return layers.stream().allMatch(layer -> layer.multiplyAdds().isPresent());
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
