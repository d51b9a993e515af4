package io.github.sparkcnn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * What {@code mvn package} puts into the archive of this repository, as the descriptor of Maven's assembly plugin says.
 *
 * @param sets folders that keep their place
 */
record ArchiveDescriptor(List<FileSet> sets) {

    /**
     * The files of a folder.
     *
     * @param included names; none: all
     * @param excluded patterns
     */
    record FileSet(Path folder, List<String> included, List<String> excluded) {

        private Stream<Path> files() {
            return included.isEmpty()
                    ? walked().stream().filter(file -> excluded.stream().noneMatch(pattern -> matches(pattern, file)))
                    : included.stream().map(folder::resolve);
        }

        private List<Path> walked() {
            try (Stream<Path> all = Files.walk(folder)) {
                return all.filter(Files::isRegularFile).toList();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot list " + folder, e);
            }
        }

        private boolean matches(String pattern, Path file) {
            return FileSystems.getDefault().getPathMatcher("glob:" + pattern).matches(folder.relativize(file));
        }
    }

    static ArchiveDescriptor read(Path descriptor) throws Exception {
        NodeList sets = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(descriptor.toFile())
                .getElementsByTagName("fileSet");
        List<FileSet> kept = new ArrayList<>();
        for (int i = 0; i < sets.getLength(); i++) {
            Element set = (Element) sets.item(i);
            String folder = texts(set, "directory").get(0);
            List<String> place = texts(set, "outputDirectory");
            if (place.isEmpty() || place.equals(List.of("/"))) { // others are for what a build makes
                kept.add(new FileSet(Path.of(folder), texts(set, "include"), texts(set, "exclude")));
            }
        }
        return new ArchiveDescriptor(kept);
    }

    /** Paths below the archive's folder, which are those of this repository. */
    List<String> files() {
        return sets.stream()
                .flatMap(FileSet::files)
                .map(file -> file.normalize().toString())
                .toList();
    }

    private static List<String> texts(Element parent, String tag) {
        NodeList found = parent.getElementsByTagName(tag);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> found.item(i).getTextContent().strip())
                .toList();
    }
}
