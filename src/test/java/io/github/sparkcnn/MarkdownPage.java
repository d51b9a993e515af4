package io.github.sparkcnn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of the documentation, taken apart as a code host reads it. */
record MarkdownPage(Path path, List<String> lines) {

    private static final String FENCE = "```";
    private static final Pattern SPAN = Pattern.compile("`([^`]+)`");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");

    static MarkdownPage read(Path path) {
        try {
            return new MarkdownPage(path, Files.readAllLines(path));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    /** Code within one line: each a span, or a line of a block with those that a backslash continues. */
    List<String> code() {
        List<String> code = new ArrayList<>(blocks());
        prose().forEach(line -> code.addAll(spans(line)));
        return code;
    }

    /** The lines outside of blocks of code; where a span of code goes on in the next line, both as one. */
    List<String> prose() {
        List<String> prose = new ArrayList<>();
        boolean block = false;
        String open = "";
        for (String line : lines) {
            block ^= line.startsWith(FENCE);
            if (block || line.startsWith(FENCE) || line.startsWith("    ")) {
                continue;
            }
            String whole = open.isEmpty() ? line : open + " " + line;
            boolean endsWithin =
                    !line.isBlank() && whole.chars().filter(c -> c == '`').count() % 2 == 1;
            open = endsWithin ? whole : "";
            if (!endsWithin) {
                prose.add(whole);
            }
        }
        return prose;
    }

    /** Relative targets of links and images. */
    List<String> links() {
        return prose().stream()
                .map(line -> SPAN.matcher(line).replaceAll("code"))
                .flatMap(line -> LINK.matcher(line).results().map(link -> link.group(1)))
                .filter(target -> !target.startsWith("http"))
                .toList();
    }

    /** What a link may name behind {@code #}. */
    List<String> anchors() {
        return prose().stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    /** The cells, without marks of code, of all rows of tables whose first cell is code. */
    List<List<String>> rows() {
        return lines.stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> Stream.of(line.replace("`", "").substring(1).split("\\|"))
                        .map(String::strip)
                        .toList())
                .toList();
    }

    static List<String> spans(String line) {
        return SPAN.matcher(line).results().map(span -> span.group(1)).toList();
    }

    private List<String> blocks() {
        List<String> code = new ArrayList<>();
        boolean block = false;
        String open = "";
        for (String line : lines) {
            block ^= line.startsWith(FENCE);
            if (!block || line.startsWith(FENCE)) {
                continue;
            }
            String whole = open + line.strip();
            open = whole.endsWith("\\") ? whole.substring(0, whole.length() - 1) : "";
            if (open.isEmpty()) {
                code.add(whole);
            }
        }
        return code;
    }
}
