package io.github.sparkcnn.data.csv;

import io.github.sparkcnn.data.format.BadImages;
import io.github.sparkcnn.io.Storage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The files of one CSV data set in their order.
 *
 * @param root what the user named, a file or a folder of parts
 * @param paths of the files that are not empty
 */
record CsvFiles(Storage storage, Path root, List<Path> paths) {

    private static final Pattern TRAINING = Pattern.compile("(.*[^a-z])?train(ing)?([^a-z].*)?");
    private static final Pattern TEST = Pattern.compile("(.*[^a-z])?(test|val|valid|validation)([^a-z].*)?");

    CsvFiles {
        paths = List.copyOf(paths);
    }

    static CsvFiles in(Storage storage, FileStatus root) {
        List<FileStatus> files = root.isFile()
                ? List.of(root)
                : storage.list(root.getPath()).stream().filter(CsvFiles::isPart).toList();
        if (files.isEmpty()) {
            throw BadImages.in(
                    root.getPath(),
                    "the folder holds no *.csv, *.csv.gz or part-* file",
                    "Name a folder of CSV parts or a single CSV file");
        }
        // Spark writes empty parts for empty partitions.
        List<Path> filled = files.stream()
                .filter(f -> f.getLen() > 0)
                .map(FileStatus::getPath)
                .toList();
        if (filled.isEmpty()) {
            throw BadImages.in(
                    root.getPath(),
                    root.isFile() ? "the file is empty" : "all its files are empty",
                    "Name a file with one image a row");
        }
        refuseOtherDataSets(root.getPath(), filled);
        return new CsvFiles(storage, root.getPath(), filled);
    }

    static boolean isPart(FileStatus file) {
        String name = file.getPath().getName().toLowerCase(Locale.ROOT);
        return file.isFile() && (name.endsWith(".csv") || name.endsWith(".csv.gz") || name.startsWith("part-"));
    }

    /** Parts of one data set are neither the same part twice nor training and test images. */
    private static void refuseOtherDataSets(Path root, List<Path> files) {
        Map<String, Path> plain = new TreeMap<>();
        for (Path file : files) {
            Path same = plain.putIfAbsent(file.getName().replaceFirst("(?i)\\.gz$", ""), file);
            if (same != null) {
                throw both(root, same, file, "Delete one of them, or name a file");
            }
        }
        Optional<Path> training = named(files, TRAINING);
        Optional<Path> test = named(files, TEST);
        if (training.isPresent() && test.isPresent()) {
            throw both(root, training.get(), test.get(), "Name one of the files, or move them to folders of their own");
        }
    }

    private static Optional<Path> named(List<Path> files, Pattern pattern) {
        return files.stream()
                .filter(file ->
                        pattern.matcher(file.getName().toLowerCase(Locale.ROOT)).matches())
                .findFirst();
    }

    private static RuntimeException both(Path root, Path one, Path other, String remedy) {
        return BadImages.in(root, "the folder holds both " + one.getName() + " and " + other.getName(), remedy);
    }
}
